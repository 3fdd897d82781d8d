"""Opinion groups with numpy and scikit-learn: what `cargo xtask bench --only groups` compares with.

The pipeline that somebody writes who knows both libraries: a matrix of people and statements, PCA, 100 base clusters,
k-means and silhouette, z-tests. Usage: groups.py FILE ROUNDS; prints the seconds of each round. FILE holds lines
`moment person statement vote`, and, before an empty line, `statement out`.
"""

import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

SIGNIFICANT = 1.2816


def read(path):
    with open(path, encoding="ascii") as file:
        head, body = file.read().split("\n\n")
    statements = np.array([line.split() for line in head.split("\n")], dtype=np.int64)
    votes = np.array([line.split() for line in body.strip().split("\n")], dtype=np.int64)
    return statements, votes


def matrix(statements, votes):
    """The latest vote of each person on each statement; NaN without one."""
    votes = votes[np.argsort(votes[:, 0], kind="stable")]
    people, first, rows = np.unique(votes[:, 1], return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    columns = np.searchsorted(statements[:, 0], votes[:, 2])
    table = np.full((len(people), len(statements)), np.nan)
    table[order[rows], columns] = votes[:, 3]
    return table


def space(table, out):
    """Two components of the matrix with column means for gaps, and places from the votes cast alone."""
    table = table.copy()
    table[:, out] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        means = np.nan_to_num(np.nanmean(table, axis=0))
    seen = ~np.isnan(table)
    centred = np.where(seen, table - means, 0)
    pca = PCA(n_components=2, svd_solver="auto").fit(centred)
    cast = np.maximum(seen.sum(axis=1), 1)
    return centred @ pca.components_.T * np.sqrt(table.shape[1] / cast)[:, None]


def k_means(points, k, weights=None):
    seeds = np.unique(points, axis=0, return_index=True)[1]
    seeds = points[np.sort(seeds)[:k]]
    return KMeans(n_clusters=len(seeds), init=seeds, n_init=1).fit(points, sample_weight=weights)


def groups(points):
    base = k_means(points, 100)
    centres = base.cluster_centers_
    weights = np.bincount(base.labels_, minlength=len(centres))
    centres, weights = centres[weights > 0], weights[weights > 0]
    best, score = None, -2.0
    for k in range(2, min(5, 2 + len(centres) // 12) + 1):
        found = k_means(centres, k, weights)
        silhouette = silhouette_score(centres, found.labels_)
        if silhouette > score:
            best, score = found, silhouette
    return best.predict(points)


def z_one(successes, trials):
    n = trials + 1
    return 2 * np.sqrt(n) * ((successes + 1) / n - 0.5)


def z_two(successes, trials, others, other_trials):
    s, n, o, m = successes + 1, trials + 1, others + 1, other_trials + 1
    pooled = (s + o) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    return np.divide(s / n - o / m, np.sqrt(variance), out=np.zeros_like(pooled), where=variance > 0)


def describe(table, labels, out):
    """For each group the statements that represent it; the consensus of all groups; the majority."""
    consensus = np.ones(table.shape[1])
    representative = []
    for group in np.unique(labels):
        own, others = table[labels == group], table[(labels != group) & (labels >= 0)]
        trials, other_trials = (~np.isnan(own)).sum(axis=0), (~np.isnan(others)).sum(axis=0)
        sides = []
        for value in (1, -1):
            successes, rest = (own == value).sum(axis=0), (others == value).sum(axis=0)
            share = (successes + 1) / (trials + 2)
            ratio = share / ((rest + 1) / (other_trials + 2))
            test, ratio_test = z_one(successes, trials), z_two(successes, trials, rest, other_trials)
            rank = np.where((test > SIGNIFICANT) & (ratio_test > SIGNIFICANT), ratio * ratio_test * share * test, -np.inf)
            sides.append(np.where(out, -np.inf, rank))
            if value == 1:
                consensus *= share
        rank = np.maximum(*sides)
        representative.append([i for i in np.argsort(-rank, kind="stable")[:5] if np.isfinite(rank[i])])
    trials = (~np.isnan(table)).sum(axis=0)
    majority = []
    for value in (1, -1):
        successes = (table == value).sum(axis=0)
        share, test = (successes + 1) / (trials + 2), z_one(successes, trials)
        rank = np.where((share > 0.5) & (test > SIGNIFICANT) & ~out, share * test, -np.inf)
        majority.append([i for i in np.argsort(-rank, kind="stable")[:5] if np.isfinite(rank[i])])
    return representative, consensus, majority


def compute(statements, votes):
    out = statements[:, 1] == 1
    table = matrix(statements, votes)
    places = space(table, out)
    counts = (~np.isnan(table)).sum(axis=1) >= min(7, table.shape[1])
    labels = np.full(len(table), -1)
    labels[counts] = groups(places[counts])
    return labels, describe(table, np.where(labels >= 0, labels, -1), out)


def main():
    statements, votes = read(sys.argv[1])
    statements = statements[np.argsort(statements[:, 0])]
    compute(statements, votes)
    for _ in range(int(sys.argv[2])):
        begin = time.perf_counter()
        compute(statements, votes)
        print(time.perf_counter() - begin, flush=True)


if __name__ == "__main__":
    main()
