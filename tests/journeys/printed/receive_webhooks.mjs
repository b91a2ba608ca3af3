import { createHmac, timingSafeEqual } from 'crypto';

function verifySignature(rawBody, signatureHeader, secret) {
  const expected = 'sha256=' + createHmac('sha256', secret)
    .update(rawBody).digest('hex');
  return signatureHeader.length === expected.length &&
    timingSafeEqual(Buffer.from(signatureHeader), Buffer.from(expected));
}

// Express.js handler
app.post('/webhooks/mapiok', express.raw({ type: 'application/json' }), (req, res) => {
  const signature = req.headers['x-mapiok-signature'];
  if (!verifySignature(req.body, signature, process.env.MAPIOK_WEBHOOK_SECRET)) {
    return res.status(401).send('Invalid signature');
  }

  const payload = JSON.parse(req.body);
  console.log(payload.event, payload.jobId, payload.result || payload.error);
  res.status(200).send('OK');
});
