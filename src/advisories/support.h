// How far a target can be judged at all: does its distribution still get fixes, and does the database speak for it.
#pragma once

#include <string>
#include <string_view>

#include "advisories/database.h"
#include "model/report.h"

namespace oakum::advisories {

// Sets end_of_life and past_end_of_life, and adds what of the target as a whole cannot be judged.
void assess_support(const Database& database, std::string_view today, Target& target);

// The clock's date, UTC.
std::string today();

}  // namespace oakum::advisories
