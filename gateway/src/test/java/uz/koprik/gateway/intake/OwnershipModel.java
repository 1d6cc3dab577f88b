package uz.koprik.gateway.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who owns an object, what becomes of a submission, and who sees what: ADR 6 and STIX 2.1 (3.2, 3.6) written a second
 * time, small and slow, apart from the code of the product.
 */
final class OwnershipModel {

    /** The centre under test. */
    static final String HOME = "tashkent";

    /** Markings, from the widest circle to the narrowest. */
    static final List<String> TLPS = List.of("CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED");

    private static final int CLEAR = 0;
    private static final int AMBER = 2;
    private static final int RED = 4;

    enum Kind {
        MEMBER,
        ACCOUNT,
        PARTNER
    }

    /**
     * Who submits and reads.
     *
     * @param max the narrowest marking it is given, an index of {@link #TLPS}
     * @param purpose whether its agreement covers personal observables
     * @param relay whether it may hand on objects of others
     * @param unsigned whether objects without any signature are taken from it
     * @param ends whether its agreement ends with {@link #endAgreement}
     */
    record Party(String name, Kind kind, int max, boolean purpose, boolean relay, boolean unsigned, boolean ends) {

        boolean partner() {
            return kind == Kind.PARTNER;
        }
    }

    /**
     * One version of an object.
     *
     * @param creator a centre, another name for a creator on no trust list, empty for none
     * @param created which of two times of creation; 0 for observables
     * @param modified minutes; 0 for observables, which have no versions
     * @param tlp index of {@link #TLPS}; -1 for none
     * @param variant distinguishes submissions that are otherwise the same
     */
    record Content(
            String id,
            String creator,
            int created,
            int modified,
            int tlp,
            List<String> refs,
            boolean revoked,
            String value,
            int variant) {

        boolean observable() {
            return modified == 0;
        }

        boolean personal() {
            return value.contains("@");
        }

        boolean domain() {
            return !value.isEmpty() && !personal();
        }
    }

    /**
     * @param signer the centre whose signature is inside, empty for none
     * @param voucher the centre whose countersignature comes right before it, empty for none
     */
    record Submission(Party by, Content content, String signer, String voucher) {}

    /** What somebody submitted. */
    record Submitted(Party by, Content content) {}

    /** An outcome: a status, and for refusals by the rules of ownership their code. */
    record Answer(String status, String code) {

        static final Answer ACCEPTED = new Answer("ACCEPTED", "");
        static final Answer UNCHANGED = new Answer("UNCHANGED", "");

        /** Refused for want of proof; the codes are matters of other tests. */
        static final Answer UNPROVEN = new Answer("REFUSED", "proof");

        static Answer refused(String code) {
            return new Answer("REFUSED", code);
        }
    }

    /**
     * What decides about release. Kinds of values decide under signed agreements only, of which there are none here.
     * What comes to carry another kind became stricter all the same, and what refers to it follows.
     *
     * @param personal whether it carries an e-mail address
     * @param domain whether it carries a domain name
     */
    record Sort(int tlp, boolean own, boolean personal, boolean domain) {

        /** Joined with another, who made it excepted. */
        Sort and(Sort other) {
            return new Sort(Math.max(tlp, other.tlp), own, personal || other.personal, domain || other.domain);
        }
    }

    /** What a submitter saw at that moment: agreements end. */
    record Sight(Party party, boolean ended) {

        boolean sees(Sort sort) {
            if (party.kind == Kind.MEMBER) {
                return true;
            }
            return !(ended && party.ends)
                    && sort.tlp != RED
                    && (sort.own || sort.tlp < AMBER)
                    && sort.tlp <= party.max
                    && (!sort.personal || party.purpose);
        }
    }

    /** One stored version. */
    static final class Version {
        final Content content;
        final Sight sight;
        final String author;
        final String from;
        final long place;

        /** At intake, before anything narrowed it. */
        final Sort first;

        Sort sort;
        boolean withdrawn;

        Version(Content content, Sight sight, String author, String from, long place, Sort sort) {
            this.content = content;
            this.sight = sight;
            this.author = author;
            this.from = from;
            this.place = place;
            this.first = sort;
            this.sort = sort;
        }
    }

    /** All versions of one id by one creator. */
    private static final class Statement {
        final String creator;
        final int created;
        final String authority;
        final boolean rightful;
        final String label;
        final List<Version> versions = new ArrayList<>();

        Statement(Content first, String authority, boolean rightful, int number) {
            this.label = first.id + '#' + number;
            this.creator = first.creator;
            this.created = first.created;
            this.authority = authority;
            this.rightful = rightful;
        }

        boolean sameCreator(Content content, String by) {
            return creator.equals(content.creator) && created == content.created && authority.equals(by);
        }

        List<Version> inView() {
            return versions.stream().filter(version -> !version.withdrawn).toList();
        }

        Optional<Version> latestInView() {
            List<Version> all = inView();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
        }

        Version latest() {
            return latestInView().orElse(versions.getLast());
        }
    }

    private final List<Party> parties;
    private final Map<String, List<Statement>> statements = new LinkedHashMap<>();
    private boolean ended;
    private long places;
    private Statement touched;
    private boolean unseen;
    private boolean doubtful;

    OwnershipModel(List<Party> parties) {
        this.parties = parties;
    }

    void endAgreement() {
        ended = true;
    }

    /** A name of the statement that the last event changed; empty when it changed none. */
    String touched() {
        return touched == null ? "" : touched.label;
    }

    /** Whether the last submission continued a statement of which its submitter may not know. */
    boolean unseen() {
        return unseen;
    }

    /** The classes in force of all that others than {@code party} submitted. */
    Map<Submitted, List<Sort>> sortsByOthers(Party party) {
        Map<Submitted, List<Sort>> sorts = new LinkedHashMap<>();
        statements
                .values()
                .forEach(all -> all.forEach(statement -> statement.versions.stream()
                        .filter(version -> !version.sight.party.equals(party))
                        .forEach(version -> sorts.computeIfAbsent(
                                        new Submitted(version.sight.party, version.content), none -> new ArrayList<>())
                                .add(version.sort))));
        return sorts;
    }

    /**
     * Whether a statement that was withdrawn as a whole was continued beside another one of the same creator under its
     * id. Texts on it may then be narrower in the centre than here.
     */
    boolean doubtful() {
        return doubtful;
    }

    /** Names of the statements of which somebody may know. */
    List<String> known(Party party) {
        return statements.values().stream()
                .flatMap(List::stream)
                .filter(statement -> knows(party, statement))
                .map(statement -> statement.label)
                .toList();
    }

    Answer submit(Submission submission) {
        touched = null;
        unseen = false;
        Content content = submission.content;
        List<Statement> all = order(content.id);
        List<Statement> known = all.stream()
                .filter(statement -> knows(submission.by, statement))
                .toList();
        for (Statement statement : known) {
            if (statement.inView().stream().anyMatch(version -> version.content.equals(content))) {
                return Answer.UNCHANGED;
            }
        }
        Optional<Proof> proven = proof(submission);
        if (proven.isEmpty()) {
            return Answer.UNPROVEN;
        }
        Proof proof = proven.get();
        for (Statement statement : known) {
            if (statement.sameCreator(content, proof.authority)) {
                boolean membersOwn = statement.latest().sight.party.kind == Kind.MEMBER;
                return submission.by.kind == Kind.ACCOUNT && membersOwn && !content.observable()
                        ? Answer.refused("NOT_AUTHORISED")
                        : within(statement, submission, proof);
            }
        }
        if (known.isEmpty()) {
            if (submission.by.partner() && proof.byCreator()) {
                for (Statement statement : all) {
                    if (statement.sameCreator(content, proof.authority)) {
                        within(statement, submission, proof);
                        unseen = true;
                        return Answer.ACCEPTED;
                    }
                }
            }
            return begin(submission, proof, false);
        }
        if (content.observable()) {
            return begin(submission, proof, false);
        }
        Statement first = known.getFirst();
        if (proof.byCreator() && first.creator.equals(content.creator) && !first.authority.isEmpty()) {
            return begin(submission, proof, true);
        }
        return Answer.refused("WRONG_OWNER");
    }

    /** Takes out of view what {@code by} is shown under an id: its versions all, or the first, or the last. */
    int withdraw(Party by, String id, String which) {
        int withdrawn = 0;
        touched = shown(new Sight(by, ended), id).orElse(null);
        for (Version version : chosen(by, id, which, false)) {
            version.withdrawn = true;
            withdrawn++;
        }
        return withdrawn;
    }

    /** The versions that somebody is given, {@code which} of them: first, last or all. */
    List<Version> read(Party reader, String id, String which) {
        return chosen(reader, id, which, true);
    }

    private List<Version> chosen(Party reader, String id, String which, boolean released) {
        Sight sight = new Sight(reader, ended);
        Statement shown = shown(sight, id).orElse(null);
        if (shown == null) {
            return List.of();
        }
        List<Version> inView = shown.inView();
        List<Version> chosen =
                switch (which) {
                    case "first" -> inView.subList(0, 1);
                    case "last" -> inView.subList(inView.size() - 1, inView.size());
                    default -> inView;
                };
        return chosen.stream()
                .filter(version -> !released || sight.sees(version.sort))
                .toList();
    }

    private Optional<Statement> shown(Sight sight, String id) {
        return order(id).stream()
                .filter(statement -> statement
                        .latestInView()
                        .filter(latest -> sight.sees(latest.sort))
                        .isPresent())
                .findFirst();
    }

    /** The statements of an id: rightful ones first, then by age. */
    private List<Statement> order(String id) {
        List<Statement> all = statements.getOrDefault(id, List.of());
        List<Statement> order = new ArrayList<>(
                all.stream().filter(statement -> statement.rightful).toList());
        all.stream().filter(statement -> !statement.rightful).forEach(order::add);
        return order;
    }

    private boolean knows(Party party, Statement statement) {
        Version latest = statement.latest();
        if (new Sight(party, ended).sees(latest.sort)) {
            return true;
        }
        String maker = statement.authority.isEmpty() ? statement.creator : statement.authority;
        return party.partner() && (latest.from.equals(party.name) || maker.equals(party.name));
    }

    /**
     * @param authority empty when the creator that the object names signed it; else a centre
     * @param speaker the centre on whose word it is taken
     */
    private record Proof(String authority, String speaker) {

        boolean byCreator() {
            return authority.isEmpty();
        }
    }

    private Optional<Proof> proof(Submission submission) {
        Content content = submission.content;
        Party by = submission.by;
        boolean centre =
                content.creator.equals(HOME) || partner(content.creator).isPresent();
        if (!submission.signer.isEmpty()) {
            boolean right = content.creator.isEmpty() || content.creator.equals(submission.signer);
            return right && mayHandOver(by, submission.signer)
                    ? Optional.of(new Proof(content.creator.isEmpty() ? submission.signer : "", submission.signer))
                    : Optional.empty();
        }
        if (!by.partner() && content.creator.equals(HOME)) {
            return Optional.of(new Proof("", HOME));
        }
        if (centre && !submission.voucher.equals(content.creator)) {
            return Optional.empty();
        }
        if (!submission.voucher.isEmpty()) {
            boolean mayVouch = content.creator.isEmpty()
                    || submission.voucher.equals(content.creator)
                    || submission.voucher.equals(HOME)
                    || partner(submission.voucher).orElseThrow().relay;
            return mayVouch && mayHandOver(by, submission.voucher)
                    ? Optional.of(new Proof(submission.voucher, submission.voucher))
                    : Optional.empty();
        }
        if (!by.partner()) {
            return Optional.of(new Proof(HOME, HOME));
        }
        return by.unsigned ? Optional.of(new Proof(by.name, by.name)) : Optional.empty();
    }

    private static boolean mayHandOver(Party by, String signer) {
        return !by.partner() || by.relay || signer.equals(by.name) || signer.equals(HOME);
    }

    private Optional<Party> partner(String name) {
        return parties.stream()
                .filter(party -> party.partner() && party.name.equals(name))
                .findFirst();
    }

    private Answer within(Statement statement, Submission submission, Proof proof) {
        Content content = submission.content;
        Optional<Version> withdrawn = statement.versions.stream()
                .filter(version -> version.withdrawn)
                .max(Comparator.comparingInt(version -> version.content.modified));
        boolean backFromWithdrawal = withdrawn.isPresent() && content.modified <= withdrawn.get().content.modified;
        if (!content.observable()
                && statement.inView().stream().anyMatch(version -> version.content.modified == content.modified)) {
            return Answer.refused("EQUIVOCATION");
        }
        if (backFromWithdrawal) {
            return Answer.refused("WITHDRAWN");
        }
        if (!content.observable() && content.modified <= statement.versions.getLast().content.modified) {
            return Answer.refused("OLD_VERSION");
        }
        doubtful |= statement.latestInView().isEmpty()
                && statements.get(content.id).stream()
                        .anyMatch(other -> other != statement && other.sameCreator(content, statement.authority));
        return accept(statement, submission, proof);
    }

    private Answer begin(Submission submission, Proof proof, boolean rightful) {
        List<Statement> all = statements.computeIfAbsent(submission.content.id, id -> new ArrayList<>());
        Statement statement = new Statement(submission.content, proof.authority, rightful, all.size());
        all.add(statement);
        return accept(statement, submission, proof);
    }

    private Answer accept(Statement statement, Submission submission, Proof proof) {
        Content content = submission.content;
        Party by = submission.by;
        Sight sight = new Sight(by, ended);
        boolean own = content.creator.isEmpty() ? !by.partner() : content.creator.equals(HOME);
        // What an account that is no member submits is on the centre's word, but not by an author who knows what the
        // centre knows.
        String author = by.kind == Kind.ACCOUNT && proof.speaker.equals(HOME) ? "account " + by.name : proof.speaker;
        String from = by.partner() ? by.name : "";
        Sort sort = new Sort(Math.max(content.tlp, CLEAR), own, content.personal(), content.domain());
        for (String ref : content.refs) {
            Optional<Statement> shown = shown(sight, ref);
            for (Statement other : order(ref)) {
                Optional<Version> latest = other.latestInView();
                if (latest.isPresent()
                        && (shown.filter(other::equals).isPresent() || gave(author, from, latest.get()))) {
                    sort = sort.and(latest.get().sort);
                }
            }
        }
        if (content.observable() && statement.latestInView().isPresent()) {
            sort = sort.and(statement.latest().sort);
        }
        Version version = new Version(content, sight, author, from, ++places, sort);
        statement.versions.add(version);
        touched = statement;
        narrow(statement, version);
        return Answer.ACCEPTED;
    }

    /**
     * Older versions follow the new one, and so do texts whose authors could know of it, directly or through others.
     */
    private void narrow(Statement from, Version cause) {
        narrowOlder(from, cause);
        Deque<Map.Entry<Statement, Version>> todo = new ArrayDeque<>(List.of(Map.entry(from, cause)));
        while (!todo.isEmpty()) {
            Map.Entry<Statement, Version> strict = todo.pop();
            String id = strict.getValue().content.id;
            for (List<Statement> all : statements.values()) {
                for (Statement statement : all) {
                    for (Version text : statement.inView()) {
                        if (!text.content.refs.contains(id) || !couldKnow(text, strict.getKey(), strict.getValue())) {
                            continue;
                        }
                        Sort narrowed = text.sort.and(strict.getValue().sort);
                        if (!narrowed.equals(text.sort)) {
                            text.sort = narrowed;
                            narrowOlder(statement, text);
                            if (text == statement.latest()) {
                                todo.add(Map.entry(statement, text));
                            }
                        }
                    }
                }
            }
        }
    }

    /**
     * Who made or sent the text did the same with the other one. Or its author may see that or saw a version before,
     * and no statement that comes before is shown to it.
     */
    private boolean couldKnow(Version text, Statement strict, Version latest) {
        if (gave(text.author, text.from, latest)) {
            return true;
        }
        Optional<Statement> shown = shown(text.sight, latest.content.id);
        List<Statement> order = order(latest.content.id);
        boolean preceded = shown.isPresent() && order.indexOf(shown.get()) < order.indexOf(strict);
        return !preceded
                && (text.sight.sees(latest.sort)
                        || strict.inView().stream().anyMatch(version -> text.sight.sees(version.first)));
    }

    private static boolean gave(String author, String from, Version other) {
        List<String> others = List.of(other.author, other.from);
        return others.contains(author) || (!from.isEmpty() && others.contains(from));
    }

    private static void narrowOlder(Statement statement, Version newer) {
        for (int i = statement.versions.indexOf(newer) - 1; i >= 0; i--) {
            Version older = statement.versions.get(i);
            Sort both = older.sort.and(newer.sort);
            older.sort = new Sort(both.tlp, both.own && newer.sort.own, both.personal, both.domain);
        }
    }
}
