"""Does nothing with the socket and the host's files that it was given."""
import time

print("working")
while True:
    time.sleep(60)
