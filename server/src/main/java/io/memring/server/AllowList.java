package io.memring.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may connect ({@code -o allow_from}). A rule with a tag is for the listeners with that tag,
 * one without for those whose tag has no rules; where there are no rules, everybody may.
 */
final class AllowList {

    static final AllowList EVERYBODY = new AllowList(List.of());

    private static final String OPTION = "-o allow_from";

    private final List<Rule> rules;

    /**
     * @param tag empty for listeners that have no rules of their own
     */
    private record Rule(String tag, AddressRange range) {}

    private AllowList(List<Rule> rules) {
        this.rules = rules;
    }

    /** This list and another rule, {@code [tag@]address[/bits]}. */
    AllowList with(String rule) {
        int at = rule.indexOf('@');
        String tag = at < 0 ? "" : rule.substring(0, at);
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(tag, AddressRange.parse(OPTION, rule.substring(at + 1))));
        return new AllowList(List.copyOf(more));
    }

    /** The rules for the listeners with a tag, or without one if that is empty. */
    AllowList forTag(String tag) {
        List<Rule> own = rules.stream().filter(rule -> rule.tag().equals(tag)).toList();
        return new AllowList(
                own.isEmpty() ? rules.stream().filter(rule -> rule.tag().isEmpty()).toList() : own);
    }

    /** Checks that every tag in a rule is that of a listener: a slip would let everybody in. */
    void checkTags(List<ListenAddress> addresses) {
        for (Rule rule : rules) {
            if (!rule.tag().isEmpty()
                    && addresses.stream().noneMatch(each -> each.tag().equals(rule.tag()))) {
                throw new InvalidOptionException(
                        OPTION, rule.tag() + "@...", "no listener of -l has that tag");
            }
        }
    }

    boolean allows(SocketAddress client) {
        return rules.isEmpty()
                || !(client instanceof InetSocketAddress internet)
                || rules.stream().anyMatch(rule -> rule.range().contains(internet.getAddress()));
    }
}
