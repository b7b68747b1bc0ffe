// Says on the standard error whom a process calls that is not on this machine. Loaded before the app.
const dns = require("node:dns");
const net = require("node:net");

const HERE = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
const tell = (host) => {
  if (typeof host === "string" && host !== "" && !HERE.test(host))
    console.error(`outbound ${host}`);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [target, host] = Array.isArray(args[0]) ? args[0] : args;
  tell(typeof target === "object" && target !== null ? target.host : host);
  return connect.apply(this, args);
};
for (const of of [dns, dns.promises]) {
  for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) {
    const asked = of[name];
    of[name] = (host, ...rest) => (tell(host), asked.call(of, host, ...rest));
  }
}
console.error("watching what goes out");
