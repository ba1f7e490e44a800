#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/paths.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// `tar -xzf ARCHIVE -C DIR`, with nothing that ADD would not do.
struct Unpacking {
  const shell::Word* archive = nullptr;
  std::string directory;  // "" where it is run
};

class TarReader {
 public:
  explicit TarReader(const shell::Command& tar) : words_(tar.words) {}

  std::optional<Unpacking> read() {
    while (++at_ < words_.size()) {
      const std::string_view word = words_[at_].text;
      if (words_[at_].expands || !(word.starts_with("--") ? name(word) : letters(word))) return std::nullopt;
    }
    return result_.archive == nullptr ? std::nullopt : std::optional(result_);
  }

 private:
  bool letters(std::string_view word) {
    if (word.front() != '-' && at_ != 1) return false;  // only some of its files are unpacked
    word.remove_prefix(word.front() == '-' ? 1 : 0);
    for (std::size_t i = 0; i < word.size(); ++i) {
      const bool valued = word[i] == 'f' || word[i] == 'C';
      if (valued && (i + 1 != word.size() || ++at_ >= words_.size())) return false;
      if (word[i] == 'f') result_.archive = &words_[at_];
      if (word[i] == 'C') result_.directory = words_[at_].text;
      if (!valued && std::string_view("xvzjJpa").find(word[i]) == std::string_view::npos) return false;
    }
    return true;
  }

  bool name(std::string_view word) {
    constexpr std::string_view kDirectory = "--directory=";
    if (word.starts_with(kDirectory)) {
      result_.directory = word.substr(kDirectory.size());
      return true;
    }
    constexpr std::array<std::string_view, 6> kNames = {"--bzip2", "--extract", "--get", "--gzip", "--verbose", "--xz"};
    return std::ranges::find(kNames, word) != kNames.end();
  }

  const std::vector<shell::Word>& words_;
  std::size_t at_ = 0;
  Unpacking result_;
};

const Instruction* instruction_at(const Dockerfile& file, const Span& span) {
  const auto found = std::ranges::find_if(file.instructions, [&](const Instruction& instruction) {
    return instruction.span.begin <= span.begin && span.end <= instruction.span.end;
  });
  return found == file.instructions.end() ? nullptr : &*found;
}

bool removes(const shell::Command& command, std::string_view archive) {
  if (command.name() != "rm" || command.depth > 0) return false;
  const auto operands =
      std::ranges::count_if(command.words, [](const shell::Word& word) { return !word.text.starts_with('-'); });
  return operands == 2 && command.words.back().text == archive;
}

// Takes tar, and the rm of the archive, out of the RUN.
std::expected<Edits, Refusal> without_both(const Place& run, const shell::Command& tar, std::string_view archive) {
  const auto& all = run.at->script->commands;
  const auto rm = std::ranges::find_if(all, [&](const shell::Command& c) { return removes(c, archive); });
  const bool has_rm = rm != all.end();
  if (all.size() == (has_rm ? 2U : 1U)) return Edits{without(run, *run.outer)};
  auto first = without_command(run, *run.at, tar);
  if (!first) return std::unexpected(std::move(first.error()));
  Edits edits = {std::move(*first)};
  if (!has_rm) return edits;
  auto second = without_command(run, *run.at, *rm);
  if (!second) return std::unexpected(std::move(second.error()));
  if (&tar == all.data() && rm == all.begin() + 1) {  // both pieces begin the list
    edits.front() = remove(*run.source, tar.span.begin, all[2].span.begin);
  } else {
    edits.push_back(std::move(*second));
  }
  return edits;
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const Instruction& copy = *place.at;
  if (copy.arguments.size() != 2 || !copy.flags.empty() || place.outer != place.at)
    return refuse("COPY brings more than the archive, or has flags: write an ADD for it by hand");
  Place run = place;
  run.at = run.outer = finding.related.empty() ? nullptr : instruction_at(*place.file, finding.related[0].origin.span);
  if (run.at == nullptr || !run.at->script) return refuse("the RUN that unpacks it is not here to edit");
  const shell::Command* tar = command_at(run, finding.related[0].origin.span);
  const bool plain = tar != nullptr && tar->name() == "tar" && tar->depth == 0 && tar->redirections.empty();
  const auto unpacking = plain ? TarReader(*tar).read() : std::nullopt;
  if (!unpacking)
    return refuse("tar is told more than ADD can do: unpack it in a stage of its own, and copy from there");
  const auto directory = workdir_before(run, context);
  if (!directory && !unpacking->directory.starts_with('/'))
    return refuse("where it is unpacked depends on the base image's working directory: write an ADD by hand");
  auto edits = without_both(run, *tar, unpacking->archive->text);
  if (!edits) return std::unexpected(std::move(edits.error()));
  std::string target = absolute_path(directory.value_or("/"), unpacking->directory);
  if (!target.ends_with('/')) target += '/';
  edits->push_back(put(place, copy.name_span, copy.spelling == "copy" ? "add" : "ADD"));
  edits->push_back(put(place, copy.arguments[1].span, copy.json_form ? json_string(target) : target));
  return answer(std::move(*edits), "unpacked by the builder, the files belong to whom the archive says");
}

}  // namespace

extern constinit const Remedy copy_archive{"copy-archive", at_place<plan>};

}  // namespace oakum::fix::build
