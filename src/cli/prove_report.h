// A proof as people read it.
#pragma once

#include <string>

#include "trial/proof.h"

namespace oakum::cli {

// Several lines, each ended. What came from containers and the engine is made printable.
std::string prove_text(const trial::Proof& proof);

}  // namespace oakum::cli
