"""Opinion groups with numpy and scikit-learn: what `cargo xtask bench --only groups` compares with.

The same pipeline as `domain::group`, written as somebody writes it who knows both libraries: arrays, no loops where an
array does. Usage: groups.py FILE ROUNDS. FILE holds a line `statement out` for each statement, an empty line, and a line
`moment person statement vote` for each vote. Reading it into tuples is not measured: it begins with the rows as the
language holds them and ends with the JSON, as ours does. Prints the seconds of each round, then an object with the groups
and what represents them, to compare.
"""

import json
import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

SIGNIFICANT = 1.2816
ANSWERS = (1, -1, 0)


def read(path):
    with open(path, encoding="ascii") as file:
        head, body = file.read().split("\n\n")
    statements, votes = head.split("\n"), body.strip().split("\n")
    return [tuple(map(int, line.split())) for line in statements], [tuple(map(int, line.split())) for line in votes]


def matrix(statements, votes):
    """The latest vote of each person on each statement, NaN without one; people by their first vote."""
    votes = votes[np.lexsort((votes[:, 3], votes[:, 0]))]
    people, first, rows = np.unique(votes[:, 1], return_index=True, return_inverse=True)
    order = np.lexsort((people, votes[first, 0]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    table = np.full((len(people), len(statements)), np.nan)
    table[place[rows], np.searchsorted(statements[:, 0], votes[:, 2])] = votes[:, 3]
    return people[order], table


def space(table, out):
    """Two components of the matrix with column means for gaps; places from the votes cast alone."""
    table = table.copy()
    table[:, out] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        means = np.nan_to_num(np.nanmean(table, axis=0))
    seen = ~np.isnan(table)
    centred = np.where(seen, table - means, 0)
    # "auto" takes a randomised solver at this size, which is no reference.
    components = PCA(n_components=2, svd_solver="full").fit(centred).components_
    cast = np.maximum(seen.sum(axis=1), 1)
    places = centred @ components.T * np.sqrt(table.shape[1] / cast)[:, None]
    extremity = np.sqrt(table.shape[1]) * np.abs(1 - means) * np.linalg.norm(components, axis=0)
    return means, components, places, extremity


def k_means(points, k, weights=None):
    first = np.unique(points, axis=0, return_index=True)[1]
    seeds = points[np.sort(first)[:k]]
    return KMeans(n_clusters=len(seeds), init=seeds, n_init=1).fit(points, sample_weight=weights)


def partition(points):
    base = k_means(points, 100)
    weights = np.bincount(base.labels_, minlength=len(base.cluster_centers_))
    centres, weights = base.cluster_centers_[weights > 0], weights[weights > 0]
    best, score = None, -2.0
    for k in range(2, min(5, 2 + len(centres) // 12) + 1):
        found = k_means(centres, k, weights)
        silhouette = silhouette_score(centres, found.labels_)
        if silhouette > score:
            best, score = found, silhouette
    return best.predict(points)


def count(table):
    return np.stack([(table == answer).sum(axis=0) for answer in ANSWERS])


def share(successes, trials):
    return (successes + 1) / (trials + 2)


def z_one(successes, trials):
    n = trials + 1
    return 2 * np.sqrt(n) * ((successes + 1) / n - 0.5)


def z_two(successes, trials, others, other_trials):
    s, n, o, m = successes + 1, trials + 1, others + 1, other_trials + 1
    pooled = (s + o) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    zeros = np.zeros_like(pooled)
    return np.divide(s / n - o / m, np.sqrt(variance), out=zeros, where=variance > 0)


def represent(ids, own, others, out):
    """Rows of what represents a group: the clearest agreement, then by rank; agreement before disagreement."""
    trials, other_trials = own.sum(axis=0), others.sum(axis=0)
    sides = []
    for answer in (0, 1):
        p, t = share(own[answer], trials), z_one(own[answer], trials)
        r = p / share(others[answer], other_trials)
        rt = z_two(own[answer], trials, others[answer], other_trials)
        sides.append({"p": p, "t": t, "r": r, "rt": rt, "rank": r * rt * p * t})
    agree, disagree = sides
    seen = ~out & (own[:2].sum(axis=0) > 0)
    passes = [(side["rt"] > SIGNIFICANT) & (side["t"] > SIGNIFICANT) for side in sides]
    is_agree = agree["rt"] > disagree["rt"]
    rank = np.where(is_agree, agree["rank"], disagree["rank"])
    best = None
    for i in np.flatnonzero(seen):
        if best is None:
            better = agree["t"][i] > SIGNIFICANT or (agree["r"][i] > 1 and agree["p"][i] > 0.5)
        elif agree["r"][best] > 1:
            better = agree["rank"][i] > agree["rank"][best]
        else:
            better = agree["p"][i] * agree["t"][i] > agree["p"][best] * agree["t"][best]
        if better:
            best = i
    rows = [i for i in np.argsort(-rank, kind="stable") if seen[i] and (passes[0][i] or passes[1][i])]
    if best is not None:
        rows = [best] + [i for i in rows if i != best]
    elif not rows and seen.any():
        rows = [np.flatnonzero(seen)[np.argmax(np.maximum(agree["rt"], disagree["rt"])[seen])]]
    found = []
    for i in rows[:5] if best is None or len(rows) > 1 else rows[:1]:
        side = 0 if i == best or is_agree[i] else 1
        figures = sides[side]
        found.append(
            {
                "statement": int(ids[i]),
                "direction": ("agree", "disagree")[side],
                "successes": int(own[side][i]),
                "trials": int(trials[i]),
                "probability": float(figures["p"][i]),
                "probability_test": float(figures["t"][i]),
                "ratio": float(figures["r"][i]),
                "ratio_test": float(figures["rt"][i]),
            }
        )
    return sorted(found, key=lambda row: row["direction"] != "agree")


def majority(ids, counts, out):
    trials = counts.sum(axis=0)
    found = {}
    for answer, word in enumerate(("agree", "disagree")):
        p, t = share(counts[answer], trials), z_one(counts[answer], trials)
        rows = [i for i in np.argsort(-p * t, kind="stable") if p[i] > 0.5 and t[i] > SIGNIFICANT and not out[i]]
        found[word] = [int(ids[i]) for i in rows[:5]]
    return found


def compute(statements, votes):
    statements, votes = np.array(sorted(statements), dtype=np.int64), np.array(votes, dtype=np.int64)
    ids, out = statements[:, 0], statements[:, 1] == 1
    people, table = matrix(statements, votes)
    means, components, places, extremity = space(table, out)
    counted = np.flatnonzero((~np.isnan(table)).sum(axis=1) >= min(7, len(ids)))
    labels = partition(places[counted])
    members = [counted[labels == label] for label in np.unique(labels)]
    members.sort(key=lambda rows: (-len(rows), people[rows].min()))
    counts = np.stack([count(table[rows]) for rows in members])
    everybody = count(table)
    grouped = counts.sum(axis=0)
    seen = grouped.sum(axis=0)
    root = (1 - share(grouped[2], seen)) * (extremity + 1) * share(grouped[0], seen) * (1 + 8 * 2 ** (-seen / 5))
    consensus = share(counts[:, 0], counts.sum(axis=1)).prod(axis=0)
    return {
        "statements": [
            {
                "id": int(ids[i]),
                "agrees": int(everybody[0][i]),
                "disagrees": int(everybody[1][i]),
                "passes": int(everybody[2][i]),
                "consensus": float(consensus[i]),
                "priority": float(root[i] ** 2),
            }
            for i in range(len(ids))
        ],
        "pca": {"center": means.tolist(), "components": components.tolist()},
        "groups": [
            {
                "id": n,
                "center": places[rows].mean(axis=0).tolist(),
                "members": np.sort(people[rows]).tolist(),
                "votes": counts[n].T.tolist(),
                "representative": represent(ids, counts[n], grouped - counts[n], out),
            }
            for n, rows in enumerate(members)
        ],
        "majority": majority(ids, everybody, out),
        "projection": [
            {"participant": int(people[row]), "x": float(places[row, 0]), "y": float(places[row, 1])}
            for row in counted
        ],
    }


def main():
    statements, votes = read(sys.argv[1])
    found = compute(statements, votes)
    for _ in range(int(sys.argv[2])):
        begin = time.perf_counter()
        json.dumps(compute(statements, votes))
        print(time.perf_counter() - begin, flush=True)
    groups = [
        {"members": group["members"], "rows": [[row["statement"], row["direction"]] for row in group["representative"]]}
        for group in found["groups"]
    ]
    print(json.dumps({"groups": groups, "majority": found["majority"]}))


if __name__ == "__main__":
    main()
