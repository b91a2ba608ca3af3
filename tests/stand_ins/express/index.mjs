// What the printed receiver uses of Express, in its words: post, raw, status, send and listen.
import http from 'node:http';

export default function express() {
  const routes = new Map();
  return {
    post: (path, ...steps) => routes.set(path, steps),
    listen: (port, host, ready) => {
      const server = http.createServer((req, res) => {
        const run = ([step, ...rest]) => step?.(req, answering(res), () => run(rest));
        run(req.method === 'POST' ? routes.get(req.url) ?? [notFound] : [notFound]);
      });
      return server.listen(port, host, ready);
    },
  };
}

express.raw = ({ type }) => (req, res, next) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    req.body = req.headers['content-type'] === type ? Buffer.concat(chunks) : {};
    next();
  });
};

const notFound = (req, res) => res.status(404).send('Not found');

function answering(res) {
  res.status = (code) => Object.assign(res, { statusCode: code });
  res.send = (text) => res.end(text);
  return res;
}
