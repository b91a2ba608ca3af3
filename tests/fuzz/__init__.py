"""Generated requests on the running product: every answer is one that its document promises."""
