// A proof as people read it.
#pragma once

#include <cstddef>
#include <string>

#include "trial/proof.h"

namespace oakum::cli {

// Several lines, each ended and none wider than `width` columns as far as its words allow. What came from containers
// and the engine is made printable.
std::string prove_text(const trial::Proof& proof, std::size_t width);

}  // namespace oakum::cli
