"""Files, the folder of posts, and what needn't be found out twice."""
