// SPDX-License-Identifier: MIT
// Wamr.Nano as an ESP-IDF component.
#pragma once

// Starts the app server in a task of its own: it runs apps from the partition "wamr" and answers 'wnano install' and 'wnano ps' on UART0.
// Takes what is free of the heaps but for a reserve; call it when the project's other parts have what they need. Returns at once.
void wamr_nano_start(void);
