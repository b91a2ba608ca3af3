# Replace {jobId} with the actual job ID from step 1
JOB_ID="your-job-id-here"
API_KEY="YOUR_API_KEY"

while true; do
  RESPONSE=$(curl -s "https://api.example.com/api/v1/tools/jobs/$JOB_ID" \
    -H "Authorization: Bearer $API_KEY")
  
  STATUS=$(echo $RESPONSE | grep -o '"status":"[^"]*"' | cut -d'"' -f4)
  echo "Status: $STATUS"
  
  if [ "$STATUS" = "success" ] || [ "$STATUS" = "failed" ]; then
    echo "$RESPONSE" | python3 -m json.tool
    break
  fi
  
  sleep 2
done
