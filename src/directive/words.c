/* SPDX-License-Identifier: ISC */
/* The words of an order, in the order of their enums. */
#include "directive/tree.h"

const char *const status_words[STATUSES] = { "draft", "in-force", "suspended",
	"revoked" };
const char *const grade_words[GRADES] = { "official-text", "official-statement",
	"secondary", "named-source", "unnamed-report", "internal" };
const char *const confirmed_words[CONFIRMEDS] = { "not-said", "yes", "no", "denied" };
const char *const purpose_words[PURPOSES] = { "official", "any", "carry-in",
	"connect-core", "procure" };
const char *const modality_words[MODALITIES] = { "must", "should", "advised", "may" };
const char *const verb_words[VERBS] = { "cease-acquire", "cease-deploy", "disconnect",
	"stop-use", "not-carry-in", "identify", "plan", "notify", "warn",
	"block-install", "block-traffic", "update", "remove", "replace", "examine",
	"wipe", "dispose", "attest", "report" };
const char *const phase_words[PHASE_DOS] = { "observe", "warn", "portal", "quarantine",
	"block" };
const char *const trigger_words[TRIGGERS] = { "", "issued", "effective", "discovered",
	"listed" };
const char *const ownership_words[OWNERSHIPS] = { "issued", "personal", "contractor" };

const char *
status_name(enum status s)
{
	return status_words[s];
}

const char *
grade_name(enum grade g)
{
	return grade_words[g];
}

const char *
confirmed_name(enum confirmed c)
{
	return confirmed_words[c];
}

const char *
purpose_name(enum purpose p)
{
	return purpose_words[p];
}

const char *
modality_name(enum modality m)
{
	return modality_words[m];
}

const char *
verb_name(enum verb v)
{
	return verb_words[v];
}

const char *
phase_name(enum phase_do d)
{
	return phase_words[d];
}

bool
verb_forbids(enum verb v)
{
	switch (v) {
	case VERB_CEASE_ACQUIRE:
	case VERB_CEASE_DEPLOY:
	case VERB_DISCONNECT:
	case VERB_STOP_USE:
	case VERB_NOT_CARRY_IN:
	case VERB_BLOCK_INSTALL:
	case VERB_BLOCK_TRAFFIC:
		return true;
	case VERB_IDENTIFY:
	case VERB_PLAN:
	case VERB_NOTIFY:
	case VERB_WARN:
	case VERB_UPDATE:
	case VERB_REMOVE:
	case VERB_REPLACE:
	case VERB_EXAMINE:
	case VERB_WIPE:
	case VERB_DISPOSE:
	case VERB_ATTEST:
	case VERB_REPORT:
		break;
	}
	return false;
}
