// What containers and engines say, taken apart: log lines, framed streams, /proc files, tar headers; and what is typed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/duration.h"
#include "base/shell_words.h"
#include "trial/client.h"
#include "trial/log_errors.h"
#include "trial/sockets.h"
#include "trial/trial.h"
#include "trial/wants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum;
  using namespace oakum::trial;
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const ErrorLine& line : find_errors(text)) {
    if (line.kind.empty() || line.text.find('\x1b') != std::string::npos) std::abort();
  }
  if (unframed(text).size() > text.size()) std::abort();
  // What was split and is put together again is split the same.
  if (const auto words = split_shell_words(text); words && split_shell_words(shell_line(*words)) != words) std::abort();
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
