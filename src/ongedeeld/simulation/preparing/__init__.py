"""From a City, a policy, the law and assumptions to what the kernel reads."""
