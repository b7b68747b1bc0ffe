import { noSuchRoute } from "@/lib/api/route";

export { noSuchRoute as DELETE, noSuchRoute as GET, noSuchRoute as OPTIONS, noSuchRoute as PATCH };
export { noSuchRoute as POST, noSuchRoute as PUT };
