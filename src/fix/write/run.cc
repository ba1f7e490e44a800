// Run lines: flags before the image, in the manner of the line (one a line where it goes on over lines, = or a blank
// before values); wherever the line stands, as only words that need no quotes anywhere are written.
#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"
#include "fix/write/quadlet.h"
#include "fix/write/run_values.h"
#include "fix/write/run_words.h"
#include "fix/write/statements.h"
#include "fix/write/write.h"

namespace oakum::fix {

namespace {

// How the words of this line are put down.
struct Manner {
  std::string between = " ";  // what separates a new flag from the image
  bool list = false;          // items of a list: ["docker", "run", …]
  std::string quote;          // of a list's items
  bool blank_values = false;  // --memory 512m rather than --memory=512m
};

class RunWriter {
 public:
  RunWriter(const Source& source, const Workload& workload)
      : source_(source), text_(source.text), workload_(workload) {}

  Written write(const std::vector<Change>& changes) {
    if (!workload_.image || workload_.image.origin().source != source_.number)
      return refuse("its image is not in this text: put the flags there by hand");
    // "$@" or "${options[@]}": flags, the image and its command alike.
    const std::string& image = workload_.image->text;
    if (image == "$@" || image == "$*" || image.ends_with("[@]}") || image.ends_with("[*]}"))
      return refuse("what it starts is said by its caller (" + image + "): put the flags there by hand");
    auto manner = manner_of_line();
    if (!manner) return std::unexpected(std::move(manner.error()));
    manner_ = std::move(*manner);
    for (const Change& change : changes) {
      if (auto done = take(change); !done) return std::unexpected(std::move(done.error()));
    }
    if (!added_.empty()) edits_.push_back(insert(source_, place_of_image(), added_));
    return std::move(edits_);
  }

 private:
  using Done = std::expected<void, Refusal>;

  std::size_t place_of_image() const {
    const std::size_t image = workload_.image.origin().span.begin - manner_.quote.size();
    const Bytes end = word_before(image);  // `--` ends the flags
    return text_.substr(end.begin, end.end - end.begin) == "--" ? end.begin : image;
  }

  Bytes word_before(std::size_t at) const {
    const std::size_t end = gap_before(text_, at).begin;
    std::size_t begin = end;
    while (begin > 0 && text_[begin - 1] != ' ' && text_[begin - 1] != '\t' && text_[begin - 1] != '\n') --begin;
    return {begin, end};
  }

  // A flag that nobody knows, right before the image: that may be its value, and so would what is put between them.
  bool is_behind_unknown_flag(std::size_t image) const {
    const Bytes before = word_before(image);
    const std::string_view word = text_.substr(before.begin, before.end - before.begin);
    constexpr std::string_view kSwitches = "Pdiqt";  // letters of flags without a value
    const bool letter = word.size() == 2 && word.front() == '-' && word != "--";
    if (letter) return kSwitches.find(word[1]) == std::string_view::npos;
    return std::ranges::any_of(workload_.unmodelled, [&](const Stated<KeyValue>& item) {
      return !item.known && item.origin.source == source_.number && item.origin.span.begin == before.begin &&
             word.find('=') == std::string_view::npos && word.starts_with("--");
    });
  }

  std::expected<Manner, Refusal> manner_of_line() const {
    const std::size_t image = workload_.image.origin().span.begin;
    const Span& command = workload_.origin.span;
    if (command.end > image || image > text_.size())
      return refuse("its image stands in front of the command, in a variable: add the flags to the line by hand");
    Manner manner;
    const std::string_view verb = text_.substr(command.begin, command.end - command.begin);
    if (verb.find_first_of(",[\"'") != std::string_view::npos || verb.find("\n-") != std::string_view::npos ||
        verb.find(" - ") != std::string_view::npos)
      return manner_of_list(image);
    if (is_behind_unknown_flag(image))
      return refuse("the flag before the image is not known: the image may be its value, and what follows the image");
    const Bytes gap = gap_before(text_, image);
    if (gap.begin == gap.end) return refuse("the image does not stand alone: it is inside quotes or behind a variable");
    manner.between = text_.substr(gap.begin, gap.end - gap.begin);
    if (manner.between.find('\n') == std::string::npos) manner.between = " ";
    manner.blank_values = has_blank_values(text_.substr(command.end, image - command.end));
    return manner;
  }

  std::expected<Manner, Refusal> manner_of_list(std::size_t image) const {
    Manner manner;
    manner.list = true;
    if (image > 0 && (text_[image - 1] == '"' || text_[image - 1] == '\'')) manner.quote = text_[image - 1];
    const std::size_t item = image - manner.quote.size();
    const std::string_view before = text_.substr(0, item);
    const auto last = before.find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos || before[last] != ',')
      return refuse("its words are the items of a list: add the flag there by hand, before the image");
    manner.between = "," + std::string(before.substr(last + 1));
    return manner;
  }

  // The user's own way with long flags that have a value.
  static bool has_blank_values(std::string_view flags) {
    std::size_t blanks = 0;
    std::size_t equals = 0;
    for (std::size_t at = flags.find(" --"); at != std::string_view::npos; at = flags.find(" --", at + 1)) {
      const std::string_view rest = flags.substr(at + 3);
      const auto end = rest.find_first_of(" =\t\n\\");
      if (end == std::string_view::npos) break;
      if (rest[end] == '=') {
        ++equals;
      } else {
        const auto next = rest.find_first_not_of(" \t", end);
        if (next != std::string_view::npos && std::string_view("-\\`^\r\n").find(rest[next]) == std::string_view::npos)
          ++blanks;
      }
    }
    return blanks > equals;
  }

  Done take(const Change& change) {
    const std::optional<Origin> stated = change.at ? change.at : where_stated(workload_, change.key);
    if (change.key == Key::image) return image(change);
    if (change.act == Change::Act::remove) {
      return stated ? remove_at(*stated, change) : Done(refuse("it is not stated here"));
    }
    if (change.act == Change::Act::set && stated) return set_at(*stated, change);
    return add(change);
  }

  Done image(const Change& change) {
    const auto* name = std::get_if<std::string>(&change.value);
    if (name == nullptr || !is_plain_word(*name)) return refuse("the image's name needs quotes");
    const Span& span = workload_.image.origin().span;
    edits_.push_back(replace(source_, span.begin, span.end, *name));
    return {};
  }

  bool has_flag(std::string_view name) const {
    const std::size_t begin = workload_.origin.span.end;
    const std::string_view flags = text_.substr(begin, place_of_image() - begin);
    for (std::size_t at = flags.find(name); at != std::string_view::npos; at = flags.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if (end < flags.size() && (flags[end] == ' ' || flags[end] == '=')) return true;
    }
    return false;
  }

  Done add(const Change& change) {
    // No engine takes both ways to say it; below zero these say nothing, and still may not stand beside the other.
    if (change.key == Key::cpus && (has_flag("--cpu-quota") || has_flag("--cpu-period")))
      return refuse("--cpus may not stand beside --cpu-quota and --cpu-period: change these by hand");
    const std::vector<std::string> flags = flags_of(change);
    if (flags.empty()) return refuse("a run line cannot say it");
    for (const std::string& flag : flags) {
      if (added_.find(flag + manner_.between) != std::string::npos) continue;
      if (!is_plain_word(flag)) return refuse("its value needs quotes: add " + flag + " by hand");
      added_ += manner_.list ? manner_.quote + flag + manner_.quote : spelled(flag);
      added_ += manner_.between;
    }
    return {};
  }

  std::string spelled(const std::string& flag) const {
    const auto equals = flag.find('=');
    if (!manner_.blank_values || equals == std::string::npos) return flag;
    return flag.substr(0, equals) + " " + flag.substr(equals + 1);
  }

  bool is_here(const Origin& at) const { return at.source == source_.number && at.surface == Surface::run_command; }

  Done remove_at(const Origin& at, const Change& change) {
    if (!is_here(at)) return refuse("it is stated in another file: change it there");
    if (manner_.list) return refuse("its words are the items of a list: take it out by hand");
    const Bytes flag = flag_at(text_, at.span);
    if (flag.begin == flag.end) return refuse("it does not stand alone in the line: take it out by hand");
    if (is_grouped(flag)) return ungroup(flag, change);
    const Bytes before = gap_before(text_, flag.begin);
    const Bytes after = gap_after(text_, flag.end);
    const auto has_line_end = [&](const Bytes& gap) {
      return text_.substr(gap.begin, gap.end - gap.begin).find('\n') != std::string_view::npos;
    };
    // The last on its line takes the blank before it along, any other what is behind it.
    const bool is_last = has_line_end(after) && !has_line_end(before);
    edits_.push_back(is_last ? remove(source_, before.begin, flag.end) : remove(source_, flag.begin, after.end));
    return {};
  }

  // -itP: several flags in one word.
  bool is_grouped(const Bytes& flag) const {
    const std::string_view word = text_.substr(flag.begin, flag.end - flag.begin);
    return word.size() > 2 && word[1] != '-' && word.find_first_of(" =") == std::string_view::npos;
  }

  Done ungroup(const Bytes& flag, const Change& change) {
    if (change.key != Key::publish_all) return refuse("it is one of several flags in a word: take it out by hand");
    const auto letter = text_.substr(flag.begin, flag.end - flag.begin).find('P');
    if (letter == std::string_view::npos) return refuse("it is one of several flags in a word: take it out by hand");
    edits_.push_back(remove(source_, flag.begin + letter, flag.begin + letter + 1));
    return {};
  }

  // The bytes of the flag's value: behind = or the blank, or behind the letter; empty for a flag without one.
  Bytes value_in(const Bytes& flag, const Origin& at) const {
    if (at.span.begin != flag.begin) return {at.span.begin, at.span.end};
    const std::string_view word = text_.substr(flag.begin, flag.end - flag.begin);
    if (const auto equals = word.find('='); word.starts_with("--"))
      return equals == std::string_view::npos ? Bytes{} : Bytes{flag.begin + equals + 1, flag.end};
    return word.size() > 2 ? Bytes{flag.begin + 2, flag.end} : Bytes{};
  }

  Done set_at(const Origin& at, const Change& change) {
    if (!is_here(at)) return add(change);  // another file's statement: what stands on the line wins
    // A flag that is on when it stands there: to be off it goes.
    const auto* yes = std::get_if<bool>(&change.value);
    if (yes != nullptr && !*yes && change.key != Key::no_new_privileges) return remove_at(at, change);
    if (flags_of(change).empty() && changed_value(change, {}).empty() && !std::holds_alternative<Mount>(change.value))
      return remove_at(at, change);
    const auto* logging = std::get_if<Logging>(&change.value);
    if (std::holds_alternative<HealthCheck>(change.value) || (logging != nullptr && !logging->options.empty()))
      return replace_flags(at, change);
    if (manner_.list) return refuse("its words are the items of a list: change it by hand");
    const Bytes flag = flag_at(text_, at.span);
    if (flag.begin == flag.end) return refuse("it does not stand alone in the line: change it by hand");
    return set_value(flag, at, change);
  }

  Done set_value(const Bytes& flag, const Origin& at, const Change& change) {
    Bytes value = value_in(flag, at);
    if (value.begin == value.end) return refuse("its flag has no value to change");
    // Inside quotes only what is between them changes.
    const char first = text_[value.begin];
    if ((first == '"' || first == '\'') && value.end - value.begin >= 2 && text_[value.end - 1] == first)
      value = {value.begin + 1, value.end - 1};
    const std::string_view old = text_.substr(value.begin, value.end - value.begin);
    if (old.find_first_of("\"'\\`") != std::string_view::npos)
      return refuse("its value is quoted in parts: change it by hand");
    const std::string changed = changed_value(change, old);
    if (changed.empty()) return refuse("a run line cannot say it");
    if (changed == old) return {};
    // What is new must not need quotes where there are none; what is old keeps those it has.
    if (first != '"' && first != '\'' && !is_plain_word(changed) && is_plain_word(old))
      return refuse("its value needs quotes: change it by hand");
    edits_.push_back(replace(source_, value.begin, value.end, changed));
    return {};
  }

  Done replace_flags(const Origin& at, const Change& change) {
    if (Done removed = remove_at(at, change); !removed) return removed;
    return add(change);
  }

  const Source& source_;
  const std::string_view text_;
  const Workload& workload_;
  Manner manner_;
  std::string added_;
  std::vector<Edit> edits_;
};

}  // namespace

Written write_run(const Subjects& subjects, const Workload& workload, const std::vector<Change>& changes) {
  const Source& source = *subjects.source(workload.origin.source);
  if (is_quadlet(source, workload)) return write_quadlet(source, workload, changes);
  return RunWriter(source, workload).write(changes);
}

}  // namespace oakum::fix
