#include "length.h"

#include <iostream>
#include <string>

int length(int count) {
  std::string text(count, 'x');
  std::cerr << "from C++" << std::endl;
  return static_cast<int>(text.size());
}
