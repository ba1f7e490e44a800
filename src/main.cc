#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "cli/command.h"

// What is said is written out; taking memory apart that the system takes back at once would only cost time.
int main(int argc, char** argv) {
  const int status = oakum::cli::run_main(argc, argv);
  std::cout.flush();
  std::fflush(nullptr);
  std::_Exit(status);
}
