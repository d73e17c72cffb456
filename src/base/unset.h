/* SPDX-License-Identifier: ISC */
#ifndef BASE_UNSET_H
#define BASE_UNSET_H

/*
 * Behind the name of a large variable on the stack that is written before it is read,
 * in a function that runs for each frame, value or device. The release build sets all
 * others to zero (-ftrivial-auto-var-init), which for a buffer of 4 KiB costs more than
 * what is put into it. Not for what small numbers decide: those stay zeroed.
 *
 *	char buf[VALUE_MAX] UNSET;
 */
#ifndef __has_attribute
#define __has_attribute(x) 0
#endif
#if __has_attribute(uninitialized)
#define UNSET __attribute__((uninitialized))
#else
#define UNSET
#endif

#endif
