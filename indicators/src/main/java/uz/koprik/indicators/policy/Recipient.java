package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Somebody who asks, or is sent something. */
public sealed interface Recipient {

    /** What it is called in reasons. */
    String name();

    /** The same without its name: equal for recipients to whom the same is released. */
    Recipient nameless();

    /** For what it uses personal values; nobody outside says that. */
    default PersonalUse use() {
        return PersonalUse.UNSAID;
    }

    /** The same with another use of personal values; nobody outside has one. */
    default Recipient using(UnaryOperator<PersonalUse> change) {
        return this;
    }

    /**
     * Another centre, under the agreement with it.
     *
     * @param identities ids of the identity objects that stand for it, by which objects name it as a recipient
     * @param groups ids of the sharing groups of which it is a member now, and from which moment on it gets what goes
     *     to them
     */
    record Partner(String name, Agreement agreement, Set<String> identities, Map<String, Instant> groups)
            implements Recipient {

        public Partner {
            identities = Set.copyOf(identities);
            groups = Map.copyOf(groups);
        }

        /** One that is in no group. */
        public Partner(String name, Agreement agreement, Set<String> identities) {
            this(name, agreement, identities, Map.of());
        }

        /** Whether it is a member of all those groups, and was one by those moments. */
        boolean belongs(Map<String, Instant> all) {
            return all.entrySet().stream()
                    .allMatch(group -> groups.containsKey(group.getKey())
                            && !group.getValue().isBefore(groups.get(group.getKey())));
        }

        /** One that no object can name. */
        public Partner(String name, Agreement agreement) {
            this(name, agreement, Set.of());
        }

        @Override
        public Recipient nameless() {
            return new Partner("", agreement, identities, groups);
        }
    }

    /**
     * A member of this centre who works on its cases.
     *
     * @param units on which; the others are not there for them
     * @param use of personal values that need a purpose
     */
    record Analyst(String name, CaseUnits units, PersonalUse use) implements Recipient {

        /** One who said no purpose. */
        public Analyst(String name, CaseUnits units) {
            this(name, units, PersonalUse.UNSAID);
        }

        /** One who works on all, and said no purpose. */
        public Analyst(String name) {
            this(name, CaseUnits.ALL);
        }

        @Override
        public Recipient nameless() {
            return new Analyst("", units, use.rule());
        }

        @Override
        public Recipient using(UnaryOperator<PersonalUse> change) {
            return new Analyst(name, units, change.apply(use));
        }
    }

    /**
     * A member of this centre who has nothing to do with its cases: sees neither them nor that a value is in one.
     *
     * @param use of personal values that need a purpose
     */
    record Operator(String name, PersonalUse use) implements Recipient {

        /** One who said no purpose. */
        public Operator(String name) {
            this(name, PersonalUse.UNSAID);
        }

        /** Work of the centre itself under a name, which no person sees. */
        public static Operator ofCentre(String name) {
            return new Operator(name, PersonalUse.OF_CENTRE);
        }

        @Override
        public Recipient nameless() {
            return new Operator("", use.rule());
        }

        @Override
        public Recipient using(UnaryOperator<PersonalUse> change) {
            return new Operator(name, change.apply(use));
        }
    }

    /**
     * An ordinary TAXII account at this centre, given objects up to a marking; never a personal one.
     *
     * @param closedSources see {@link Agreement#closedSources}
     */
    record Client(String name, Tlp maxTlp, Set<String> closedSources) implements Recipient {

        public Client {
            closedSources = Set.copyOf(closedSources);
        }

        /** One at a centre all of whose partners allow to give to others what they gave. */
        public Client(String name, Tlp maxTlp) {
            this(name, maxTlp, Set.of());
        }

        @Override
        public Recipient nameless() {
            return new Client("", maxTlp, closedSources);
        }
    }
}
