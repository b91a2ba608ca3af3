curl -X POST "https://api.example.com/api/v1/tools/web-scraper/execute" \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
  "input": {
    "url": "https://example.com",
    "javascript": true
  },
  "webhookUrl": "https://your-server.com/webhooks/mapiok"
}'
