export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-house bg-surface px-4 py-2 text-ink focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-20"
    >
      Skip to content
    </a>
  );
}
