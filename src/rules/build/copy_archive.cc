#include <algorithm>
#include <vector>

#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Archives that ADD unpacks by itself.
bool is_archive(std::string_view name) {
  if (name.find(".t") == std::string_view::npos) return false;  // as most
  for (const std::string_view ending : {".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tb2", ".tar.xz",
                                        ".txz", ".tar.Z", ".tar.lzma", ".tlz", ".tar.lz", ".tpz", ".tZ"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool extracts(const shell::Command& command) {
  const std::string_view program = program_of(command);
  if (program != "tar" && program != "bsdtar") return false;
  const auto words = arguments_of(command);
  if (words.empty()) return false;
  if (words.front().text.find('-') != 0) return words.front().text.find('x') != std::string::npos;  // tar xzf
  return std::ranges::any_of(words, [](const shell::Word& word) {
    const std::string_view text = word.text;
    if (text.starts_with("--")) return text == "--extract" || text == "--get";
    return text.starts_with('-') && text.find('x') != std::string_view::npos;
  });
}

struct Copied {
  const Instruction* copy;
  const Argument* source;
  std::string_view name;  // of the file in the image
  bool told = false;
};

class Check {
 public:
  Check(const Dockerfile& dockerfile, Judge& judge) : file_(dockerfile), judge_(judge) {}

  void run() {
    for (const Stage& stage : file_.stages) {
      copied_.clear();
      for (const Instruction& instruction : instructions_of(file_, stage)) {
        if (instruction.kind == InstructionKind::copy) remember(instruction);
        if (instruction.kind == InstructionKind::run && instruction.script) look_at(instruction);
      }
    }
  }

 private:
  void remember(const Instruction& copy) {
    constexpr std::size_t kMost = 64;  // of one stage: each is compared with every word of a tar
    const Argument* target = target_of(copy);
    for (const Argument& source : sources_of(copy)) {
      if (target == nullptr || copied_.size() == kMost || !from_context(copy, source)) continue;
      const std::string_view name = is_archive(target->value) ? last_part(target->value) : last_part(source.value);
      if (is_archive(name)) copied_.push_back({&copy, &source, name});
    }
  }

  void look_at(const Instruction& run) {
    if (copied_.empty()) return;
    for (const shell::Command& command : run.script->commands) {
      if (!extracts(command)) continue;
      for (const shell::Word& word : command.words) unpacked(word, run);
    }
  }

  void unpacked(const shell::Word& word, const Instruction& run) {
    for (Copied& copied : copied_) {
      if (copied.told || last_part(word.text) != copied.name) continue;
      copied.told = true;
      Finding& finding = judge_.found(file_, *copied.copy, copied.source->span,
                                      join({"copies ", quoted(copied.source->value),
                                            ", which a later RUN unpacks: it stays in its layer packed as well"}));
      finding.related.push_back({origin_of(file_, word.span, run.name), "unpacked here"});
    }
  }

  const Dockerfile& file_;
  Judge& judge_;
  std::vector<Copied> copied_;
};

void check(const Dockerfile& dockerfile, Judge& judge) { Check(dockerfile, judge).run(); }

}  // namespace

extern constinit const Rule copy_archive{
    .info = checked({
        .id = "copy-archive",
        .title = "an archive is copied in and unpacked later",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3010",
        .fix = FixSafety::unsafe,
        .fix_summary = "let ADD unpack it, and drop the tar step",
        .why = "The archive stays in the layer of its COPY even when it is deleted after unpacking, so the image holds "
               "its "
               "content twice. ADD unpacks a local tar archive as it comes in.",
        .bad = {Surface::dockerfile, "FROM debian:12\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /srv\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nADD app.tar.gz /srv/\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3010 "
                      "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
