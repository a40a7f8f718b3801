"""Print the fact F1 of each government's texts, and of all texts without them, from the output of score.py --json."""
import collections
import json
import re
import sys


def f1(correct, found, gold):
    return 2 * correct / (found + gold) if found + gold else 1.0


def main():
    result = json.load(sys.stdin)
    sums = collections.defaultdict(lambda: [0, 0, 0])
    for name, file in result["files"].items():
        government = re.sub(r"^\d+-", "", name).split("-")[0]
        for key in (government, ""):
            for i, part in enumerate(("correct", "found", "gold")):
                sums[key][i] += file[part]
    whole = sums.pop("")
    print("  %-20s %8s %8s %8s %8s" % ("government", "facts", "F1", "P", "F1 rest"))
    for government, (correct, found, gold) in sorted(sums.items()):
        rest = [w - x for w, x in zip(whole, (correct, found, gold))]
        print("  %-20s %8d %8.3f %8.3f %8.3f" % (
            government, gold, f1(correct, found, gold), correct / found if found else 1.0, f1(*rest)))


if __name__ == "__main__":
    main()
