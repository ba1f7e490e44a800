// Variables put in, checks of what they give, and what an instruction changes for those behind it.
#pragma once

#include "read/dockerfile/stages.h"

namespace oakum::dockerfile {

// Expands the words of the instruction by `scope` and checks them. ONBUILD's instruction is left as it is: it runs in
// the child.
void resolve(Instruction& instruction, const Scope& scope, Context& context);

// ARG, ENV, USER, WORKDIR and SHELL change the scope and the state. `globals`: ARG before the first FROM.
void take_effect(const Instruction& instruction, Stages& stages, bool before_from, Context& context);

// Why EXPOSE or STOPSIGNAL do not take a word; "" when they do.
std::string port_problem(std::string_view word);
std::string signal_problem(std::string_view word);

}  // namespace oakum::dockerfile
