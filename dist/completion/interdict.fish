# SPDX-License-Identifier: ISC
# Completion of interdict for fish. The commands are those of src/cmd/commands.tsv.

function __interdict_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

complete -c interdict -n __fish_use_subcommand -f
complete -c interdict -n __fish_use_subcommand -l version -d 'the version'
complete -c interdict -n __fish_use_subcommand -a scan -d 'devices, verdicts and a report from captures'
complete -c interdict -n __fish_use_subcommand -a explain -d 'the evidence for and against what is believed of a device'
complete -c interdict -n __fish_use_subcommand -a facts -d 'what each frame says of an address'
complete -c interdict -n __fish_use_subcommand -a identify -d 'identify devices from facts, without a capture'
complete -c interdict -n __fish_use_subcommand -a check -d 'read an order and complain of every mistake'
complete -c interdict -n __fish_use_subcommand -a new -d 'print a commented template'
complete -c interdict -n __fish_use_subcommand -a accuracy -d 'how often the identification is right'
complete -c interdict -n __fish_use_subcommand -a decoders -d 'the protocols that are read'
complete -c interdict -l help -d 'a short help'

complete -c interdict -n '__interdict_is scan' -l directive -r -d 'an order'
complete -c interdict -n '__interdict_is scan check' -l site -r -d 'segments, services, coverage'
complete -c interdict -n '__interdict_is scan' -l roster -r -d persons
complete -c interdict -n '__interdict_is scan' -l custody -r -d 'who holds what'
complete -c interdict -n '__interdict_is scan' -l statements -r -d 'what persons declared'
complete -c interdict -n '__interdict_is scan' -l list -r -d 'what an order names: NAME=FILE'
complete -c interdict -n '__interdict_is scan' -l exceptions -r -d 'who is excused'
complete -c interdict -n '__interdict_is scan explain' -l links -r -d 'which addresses are one device'
complete -c interdict -n '__interdict_is scan explain' -l corrections -r -d 'what devices are'
complete -c interdict -n '__interdict_is scan' -l only -x -a 'covered not-covered excepted undecided'
complete -c interdict -n '__interdict_is scan' -l csv -d CSV
complete -c interdict -n '__interdict_is scan' -l html -r -d 'also write a page'
complete -c interdict -n '__interdict_is scan identify' -l explain -d 'evidence too'
complete -c interdict -n '__interdict_is scan' -l pseudonyms -r -d 'replace names'
complete -c interdict -n '__interdict_is scan facts' -l interface -x -a '(command ls /sys/class/net 2>/dev/null)' -d listen
complete -c interdict -n '__interdict_is scan facts' -l for -x -d 'how long to listen'
complete -c interdict -n '__interdict_is scan explain' -l as-of -x -d 'the time asked about'
complete -c interdict -n '__interdict_is scan explain facts accuracy decoders check' -l json -d 'JSON Lines'
complete -c interdict -n '__interdict_is facts' -l unique -d 'each once'
complete -c interdict -n '__interdict_is facts' -l list -d 'the keys'
complete -c interdict -n '__interdict_is scan' -l quiet -d 'no progress on the terminal'
complete -c interdict -n '__interdict_is check' -l quiet -d 'print no order'
complete -c interdict -n '__interdict_is new' -x -a 'order site roster custody statements exceptions links corrections'
