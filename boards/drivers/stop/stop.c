// SPDX-License-Identifier: MIT
// The end of a run on hardware: there is nobody to tell, so the firmware waits for a reset (start.c).
#include "../../common/freestanding/start.h"

void wn_exit(unsigned code) { (void)code; }
