// What containers and engines say, taken apart: log lines, framed streams, /proc files, tar headers; and what is typed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trial/client.h"
#include "trial/duration.h"
#include "trial/log_errors.h"
#include "trial/sockets.h"
#include "trial/trial.h"
#include "trial/wants.h"
#include "trial/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::trial;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const ErrorLine& line : find_errors(text)) {
    if (line.kind.empty() || line.text.find('\x1b') != std::string::npos) std::abort();
  }
  if (unframed(text).size() > text.size()) std::abort();
  for (const std::string& word : split_words(text)) {
    if (word.size() > text.size()) std::abort();
  }
  std::vector<ListeningPort> ports;
  parse_sockets(text, "tcp", ports);
  parse_sockets(text, "udp", ports);
  (void)owner_of_header(text);
  (void)parse_duration(text);
  (void)parse_probe(text);
  const std::string directory = directory_to_write(text);
  if (!directory.empty() && text.find(directory) != 0) std::abort();
  return 0;
}
