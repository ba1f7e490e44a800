#include <algorithm>
#include <array>
#include <iterator>

#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Interpreter {
  std::string_view name;
  std::string_view inline_letters;  // options that bring the program: nothing is read from standard input then
  std::string_view valued_letters;  // options with a value of their own
};
constexpr Interpreter kInterpreters[] = {
    {"ash", "c", "oO"},      {"bash", "c", "oO"}, {"dash", "c", "oO"}, {"ksh", "c", "oO"},     {"node", "ep", "r"},
    {"perl", "eE", "I"},     {"php", "rf", "dc"}, {"pwsh", "cf", ""},  {"python", "cm", "WX"}, {"python2", "cm", "WX"},
    {"python3", "cm", "WX"}, {"ruby", "eE", "I"}, {"sh", "c", "oO"},   {"zsh", "c", "oO"},
};

const Interpreter* interpreter(std::string_view program) {
  const auto* found = std::ranges::find(kInterpreters, program, &Interpreter::name);
  return found == std::end(kInterpreters) ? nullptr : found;
}

// An interpreter that reads its program from standard input: `sh`, `bash -s -- --yes`, `python3 -`.
bool reads_script(const shell::Command& command) {
  const Interpreter* row = interpreter(program_of(command));
  if (row == nullptr) return false;
  const auto words = arguments_of(command);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (word == "-" || word == "-s" || word == "--" || word == "/dev/stdin") return true;
    if (!word.starts_with('-') && !word.starts_with('+')) return false;
    if (word.starts_with("--")) continue;
    if (word.find_first_of(row->inline_letters) != std::string_view::npos) return false;
    if (row->valued_letters.find(word.back()) != std::string_view::npos) ++i;
  }
  return true;
}

// `$(curl …`, "`curl …", `<(wget …`
bool holds_download(std::string_view text) {
  constexpr std::array<std::string_view, 3> kOpenings = {"$(", "<(", "`"};
  for (const std::string_view opening : kOpenings) {
    for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
      std::string_view inside = text.substr(at + opening.size());
      inside.remove_prefix(std::min(inside.size(), inside.find_first_not_of(" \n\t")));
      if (inside.starts_with("curl ") || inside.starts_with("wget ")) return true;
    }
  }
  return false;
}

// The word that holds the script: of `sh -c`, `eval`, `source`, or `bash <(…)`.
const shell::Word* downloaded_script(const shell::Command& command) {
  const std::string_view program = program_of(command);
  if (interpreter(program) == nullptr && !is_listed("eval source .", program)) return nullptr;
  const auto words = arguments_of(command);
  const auto found = std::ranges::find_if(words, [](const shell::Word& word) { return holds_download(word.text); });
  return found == words.end() ? nullptr : &*found;
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (const shell::Word* word = downloaded_script(command)) {
    judge.found(view.dockerfile, view.instruction, word->span,
                join({"runs with ", quoted(program_of(command)), " whatever the server sends"}));
    return;
  }
  if (command.joint != shell::Joint::pipe || !reads_script(command)) return;
  for (const shell::Command* source : feeding(command, view.script)) {
    if (!is_downloader(program_of(*source))) continue;
    judge.found(view.dockerfile, view.instruction, source->span,
                join({"what ", quoted(program_of(*source)), " fetches is run by ", quoted(program_of(command)),
                      " without a look at it"}));
    return;
  }
}

}  // namespace

extern constinit const Rule remote_script{
    .info = checked({
        .id = "remote-script",
        .title = "a script from the network is run unseen",
        .severity = Severity::high,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DI",
        .aliases = "",
        .fix = FixSafety::unsafe,
        .fix_summary = "fetch one release to a file (ADD --checksum=…), check its checksum, then run it",
        .why = "The server decides at the time of the build what runs, as root, and can answer each builder "
               "differently. A domain that changed hands, a broken-into site or a download that ends early is enough; "
               "and nothing is kept to look at afterwards.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN curl -fsSL https://example.org/install.sh | sh\n"},
        .good =
            {Surface::dockerfile,
             "FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d "
             "https://example.org/install-1.4.sh /tmp/install.sh\nRUN sh /tmp/install.sh\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#add---checksum "
                      "https://slsa.dev/spec/v1.0/threats",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
