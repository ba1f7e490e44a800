// The page of a rule: what it finds, why it matters, what to do — in a terminal and in docs/rules/.
#pragma once

#include <string>

#include "rules/kit/rule.h"

namespace oakum::cli {

std::string rule_markdown(const rules::Rule& rule);
std::string rule_text(const rules::Rule& rule, std::size_t width, bool colour);

// "Dockerfile, Compose, Kubernetes": for people.
std::string surface_words(const rules::RuleInfo& rule);
// "recommended", "strict", "style"
std::string_view grade_word(rules::Grade grade);

}  // namespace oakum::cli
