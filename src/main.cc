#include "cli/command.h"

int main(int argc, char** argv) { return oakum::cli::run_main(argc, argv); }
