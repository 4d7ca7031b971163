package io.memring.load.report;

import io.memring.load.result.LoadException;
import io.memring.load.result.LoadResult;
import io.memring.load.result.LoadRunner;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs loads in turns, one round after the other, so that whatever slows the machine for a while
 * slows all sides.
 */
final class Turns {

    /** A load, and what it is called. */
    record Player(String name, LoadRunner runner) {}

    private final List<Player> players;
    private final ProgressPrinter progress;

    Turns(List<Player> players, ProgressPrinter progress) {
        this.players = players;
        this.progress = progress;
    }

    /**
     * All rounds. If one is interrupted, it is the last: a player alone keeps what it has of it,
     * among several it does not count.
     *
     * @throws LoadException if a run could not begin or go on, or no round is left to compare
     */
    List<Side> play(int rounds) throws LoadException, InterruptedException {
        List<List<LoadResult>> complete = new ArrayList<>();
        boolean goOn = true;
        for (int round = 1; goOn && round <= rounds; round++) {
            List<LoadResult> results = playRound(round, rounds);
            goOn = results.stream().noneMatch(LoadResult::interrupted);
            if (goOn || players.size() == 1) {
                complete.add(results);
            }
        }
        if (complete.isEmpty()) {
            throw new LoadException("interrupted in the first round: there is nothing to compare");
        }
        return sides(complete);
    }

    private List<LoadResult> playRound(int round, int rounds)
            throws LoadException, InterruptedException {
        List<LoadResult> results = new ArrayList<>();
        for (Player player : players) {
            progress.begin(
                    players.size() == 1 ? "" : "%d/%d %s ".formatted(round, rounds, player.name()));
            LoadResult result = player.runner().run(progress);
            progress.close();
            results.add(result);
            if (result.interrupted()) {
                break;
            }
        }
        return results;
    }

    private List<Side> sides(List<List<LoadResult>> rounds) {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < players.size(); i++) {
            int player = i;
            sides.add(
                    new Side(
                            players.get(player).name(),
                            rounds.stream().map(round -> round.get(player)).toList()));
        }
        return sides;
    }
}
