// The document's verifier as it is printed, behind node:http instead of Express: it answers like the
// printed handler, and prints what that one prints.
import http from 'node:http';
import { createHmac, timingSafeEqual } from 'crypto';

function verifySignature(rawBody, signatureHeader, secret) {
  const expected = 'sha256=' + createHmac('sha256', secret)
    .update(rawBody).digest('hex');
  return signatureHeader.length === expected.length &&
    timingSafeEqual(Buffer.from(signatureHeader), Buffer.from(expected));
}

const server = http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const body = Buffer.concat(chunks);
    const signature = req.headers['x-mapiok-signature'];
    if (!verifySignature(body, signature, process.env.MAPIOK_WEBHOOK_SECRET)) {
      res.writeHead(401).end('Invalid signature');
      return;
    }
    const payload = JSON.parse(body);
    console.log(payload.event, payload.jobId, payload.result || payload.error);
    res.writeHead(200).end('OK');
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
