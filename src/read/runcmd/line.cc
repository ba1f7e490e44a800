#include "read/runcmd/line.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/runcmd/values.h"

namespace oakum::runcmd {

namespace {

constexpr std::size_t kMaxProblems = 20;      // of one line
constexpr std::size_t kMaxErrors = 1000;      // of all that is read; beyond it nothing is suggested or told
constexpr std::size_t kLongestSubject = 120;  // of an image's name in messages

bool names_image(std::string_view variable) {
  const std::string name = to_lower(variable);
  return name.find("image") != std::string::npos || name.find("img") != std::string::npos ||
         name.find("tag") != std::string::npos;
}

// A variable by whose name one can tell that it holds flags, not an image.
bool holds_flags(std::string_view variable) {
  if (names_image(variable)) return false;
  const std::string name = to_lower(variable);
  for (const std::string_view part : {"opt", "arg", "flag", "param", "extra", "mount", "vol", "env", "port", "net",
                                      "gpu", "limit", "tty", "interactive", "user", "label", "cap", "device", "@"}) {
    if (name.find(part) != std::string::npos) return true;
  }
  return false;
}

class LineReader {
 public:
  LineReader(std::span<const shell::Word> words, const RunLine& line, std::uint32_t source, Subjects& subjects)
      : words_(words), line_(line), source_(source), subjects_(subjects), at_(line.arguments) {
    Workload& workload = draft_.workload;
    workload.surface = Surface::run_command;
    workload.engine = line.tool == Tool::podman ? Engine::podman : Engine::docker;
    workload.origin = origin(join(words[line.program].span, words[line.arguments - 1].span), {});
  }

  // A line without a program: its flags go to `draft`.
  void flags_into(Draft& draft) {
    draft_ = std::move(draft);
    const Field<ImageReference> image = draft_.workload.image;
    while (!image_ && at_ < words_.size() && !help_) word();
    draft_.workload.image = image;
    draft = std::move(draft_);
  }

  void read() {
    if (is_placeholder()) return;
    while (!image_ && at_ < words_.size() && !help_) word();
    if (help_) return;
    if (!image_) {
      problem(words_[line_.arguments - 1].span, "no image is named", {});
      return;
    }
    command();
    finish(draft_);
    Workload& workload = draft_.workload;
    workload.name = workload.container_name ? *workload.container_name : workload.image->text;
    workload.subject = subject_of(line_.verb, workload.image->text);
    subjects_.workloads.push_back(std::move(workload));
  }

 private:
  static Span join(const Span& from, const Span& to) {
    if (to.end < from.begin) return from;
    return {from.begin, to.end, from.line, from.column, to.end_line, to.end_column};
  }
  Origin origin(const Span& span, std::string node) const {
    return {Surface::run_command, source_, span, std::move(node)};
  }

  // `docker run [OPTIONS] IMAGE`, `docker run <image>`: a synopsis, not a line to run.
  bool is_placeholder() const {
    if (at_ >= words_.size()) return false;
    const std::string_view first = words_[at_].text;
    return first.starts_with('[') || first.starts_with('<') || first == "..." || first == "…";
  }

  void word() {
    const shell::Word& word = words_[at_];
    const std::string_view text = word.text;
    if (text == "--") {
      ++at_;
      if (at_ < words_.size()) image(words_[at_++]);
    } else if (text.starts_with("--")) {
      long_flag(word);
    } else if (text.size() > 1 && text.starts_with('-')) {
      short_flags(word);
    } else if (is_unknown_flags(word)) {
      unmodelled(draft_, {.flag = text, .value = {}, .origin = origin(word.span, std::string(text)), .known = false});
      draft_.workload.unmodelled.items.back().value.key = std::string(text);
      ++at_;
    } else if (text.empty() && word.expands) {
      ++at_;
    } else {
      image(word);
      ++at_;
    }
  }

  // An unresolved variable that stands where flags may: it may hold any number of words.
  bool is_unknown_flags(const shell::Word& word) const {
    if (word.expands && word.text.starts_with('<') && word.text.ends_with('>'))  // <options> of a document
      return at_ + 1 < words_.size() && holds_flags(word.text);
    if (word.expands && word.text.ends_with("}}") && word.text.find("{{") <= 1)  // {{ options }}, ${{ options }}
      return at_ + 1 < words_.size() && !names_image(word.text) &&
             (holds_flags(word.text) || words_[at_ + 1].text.starts_with('-'));
    if (!word.expands || !word.text.starts_with('$') || at_ + 1 >= words_.size()) return false;
    const bool whole = word.text.find_first_of("/: ") == std::string::npos;
    if (!whole || word.text.starts_with("$(")) return false;
    if (word.quoted && word.text.find('@') == std::string::npos) return false;
    return holds_flags(word.text) || (!names_image(word.text) && words_[at_ + 1].text.starts_with("--"));
  }

  void image(const shell::Word& word) {
    image_ = true;
    ImageReference reference = parse_image_reference(word.text);
    reference.variable = reference.variable || word.expands;
    const bool directory = word.text.starts_with('/') || word.text.starts_with('.');  // podman run --rootfs DIRECTORY
    draft_.workload.image.state(std::move(reference), origin(word.span, "image"), !word.expands && !directory);
  }

  void command() {
    if (at_ >= words_.size()) return;
    CommandLine line;
    bool known = true;
    for (std::size_t i = at_; i < words_.size(); ++i) {
      line.arguments.push_back(words_[i].text);
      known = known && !words_[i].expands;
    }
    draft_.workload.command.state(std::move(line), origin(join(words_[at_].span, words_.back().span), "command"),
                                  known);
  }

  void long_flag(const shell::Word& word) {
    const std::string_view text = std::string_view(word.text).substr(2);
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    ++at_;
    const Flag* flag = flag_of(name);
    if (flag == nullptr || !flag->in(line_.tool)) return unknown(word, name, flag, equals != std::string_view::npos);
    if (flag->name == "help") {
      help_ = true;
    } else if (equals != std::string_view::npos) {
      give(*flag, text.substr(equals + 1), word);
    } else if (flag->takes_value) {
      value_of_next(*flag, word);
    } else {
      give(*flag, "true", word);
    }
  }

  // -itd, -p80:80, -e FOO=1, -t=false
  void short_flags(const shell::Word& word) {
    const std::string_view text = word.text;
    ++at_;
    for (std::size_t i = 1; i < text.size(); ++i) {
      const Flag* flag = flag_of_letter(text[i], line_.tool);
      if (flag == nullptr) {
        if (text[i] == '$') return;  // -$FLAGS
        return problem(word.span, line_.verb + " has no flag " + quoted("-" + std::string(1, text[i])), {});
      }
      std::string_view rest = text.substr(i + 1);
      if (!flag->takes_value) {
        if (!rest.starts_with('=')) {
          give(*flag, "true", word);
          continue;
        }
        return give(*flag, rest.substr(1), word);
      }
      if (rest.empty()) return value_of_next(*flag, word);
      return give(*flag, rest.starts_with('=') ? rest.substr(1) : rest, word);
    }
  }

  void value_of_next(const Flag& flag, const shell::Word& word) {
    if (at_ >= words_.size()) return problem(word.span, quoted(word.text) + " needs a value", {});
    const shell::Word& value = words_[at_++];
    give(flag, value.text, value);
  }

  void give(const Flag& flag, std::string_view value, const shell::Word& place_of) {
    const Origin where = origin(place_of.span, "--" + std::string(flag.canonical()));
    std::string_view rest = value;
    const bool list = flag.list_of_commas && line_.tool == Tool::podman;
    do {
      const std::string_view one = list ? next_field(rest, ',') : std::exchange(rest, {});
      const std::string wrong = flag.fill(draft_, {flag.canonical(), one, where, !place_of.expands});
      if (!wrong.empty()) problem(place_of.span, "--" + std::string(flag.name) + ": " + wrong, {});
    } while (!rest.empty());
  }

  void unknown(const shell::Word& word, std::string_view name, const Flag* others, bool has_value) {
    if (name.starts_with('$')) return;
    std::string todo;
    const Flag* meant = others;
    if (others != nullptr) {
      todo = "it is one of another program";
    } else if (subjects_.errors.size() < kMaxErrors) {
      const std::string_view near = nearest_flag(name, line_.tool);
      meant = near.empty() ? nullptr : flag_of(near);
      if (meant != nullptr) todo = "did you mean \"--" + std::string(near) + "\"?";
    }
    problem(word.span, line_.verb + " has no flag " + quoted("--" + std::string(name)), todo);
    draft_.workload.unmodelled.add({"--" + std::string(name), {}}, origin(word.span, "--" + std::string(name)), false);
    // Its value would be taken for the image otherwise.
    if (meant != nullptr && meant->takes_value && !has_value && at_ + 1 < words_.size()) ++at_;
  }

  static std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

  void problem(const Span& span, std::string why, std::string todo) {
    if (++problems_ > kMaxProblems || subjects_.errors.size() >= kMaxErrors) return;
    subjects_.errors.push_back({ErrorCode::invalid, place(subjects_, source_, span), std::move(why), std::move(todo)});
  }

  std::span<const shell::Word> words_;
  const RunLine& line_;
  std::uint32_t source_;
  Subjects& subjects_;
  std::size_t at_;
  Draft draft_;
  std::size_t problems_ = 0;
  bool image_ = false;
  bool help_ = false;
};

}  // namespace

void read_line(std::span<const shell::Word> words, const RunLine& line, std::uint32_t source, Subjects& subjects) {
  LineReader(words, line, source, subjects).read();
}

void read_flags(std::span<const shell::Word> words, std::size_t first, Tool tool, Draft& draft, std::uint32_t source,
                Subjects& subjects) {
  const RunLine line{0, first, tool, "podman run"};
  LineReader(words, line, source, subjects).flags_into(draft);
}

std::string place(const Subjects& subjects, std::uint32_t source, const Span& span) {
  const Source* found = subjects.source(source);
  std::string text = found == nullptr ? std::string() : found->name;
  if (span.line != 0) text += ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
  return text;
}

std::string subject_of(std::string_view verb, std::string_view image) {
  return std::string(verb) + " " + printable(image, kLongestSubject);
}

}  // namespace oakum::runcmd
