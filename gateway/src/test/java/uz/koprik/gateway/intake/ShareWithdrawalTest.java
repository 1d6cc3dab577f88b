package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.ExpectedVersion;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.cases.CaseSharing;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/** What was shared of a case and taken back is revoked for the partner that was given it. */
class ShareWithdrawalTest {

    private static final Observable ONE = Observable.ofKey("domain:one.example.com");
    private static final Observable TWO = Observable.ofKey("domain:two.example.com");
    private static final Recipient PARTNER =
            new Recipient.Partner("budapest", new Agreement(Tlp.AMBER, Optional.empty(), Optional.empty(), "test"));
    private static final Caller ANNA = new Caller(
            "anna", Set.of(Right.CASES, Right.WRITE), new Recipient.Analyst("anna"), new Source.Account("anna", true));

    @TempDir
    Path temp;

    private TestCentre centre;
    private CaseService book;

    @BeforeEach
    void open() throws Exception {
        centre = new TestCentre("tashkent", temp);
        book = centre.cases();
        file("W-1");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private void file(String number) throws Exception {
        book.open(
                ANNA,
                CaseFile.open(number, "A case", "phishing", centre.now)
                        .withObservables(List.of(
                                new CaseObservable(ONE, CaseObservable.Role.SUSPECT, ""),
                                new CaseObservable(TWO, CaseObservable.Role.SUSPECT, ""))));
    }

    private CaseSharing.ShareObjects share(String number, boolean observedData, Observable... values) throws Exception {
        centre.now = centre.now.plusSeconds(60);
        CaseSharing.ShareObjects made = book.share(
                        ANNA,
                        number,
                        ExpectedVersion.ANY,
                        file -> new CaseSharing.ShareRequest(
                                Tlp.GREEN, List.of(values), false, true, observedData, "Lure", "Calls", false),
                        false)
                .orElseThrow()
                .made();
        centre.now = centre.now.plusSeconds(60);
        return made;
    }

    /** What the partner holds when it reads everything: id to object, the latest version. */
    private Map<String, StixObject> partner() throws Exception {
        Map<String, StixObject> all = new LinkedHashMap<>();
        for (Entry entry :
                centre.release.page(PARTNER, PageFilter.LATEST, 0, 1000).entries()) {
            all.put(entry.facts().id(), StoredObject.stix(entry));
        }
        return all;
    }

    private Set<String> revoked() throws Exception {
        Set<String> ids = new TreeSet<>();
        partner().forEach((id, object) -> {
            if (object.revoked()) {
                ids.add(id);
            }
        });
        return ids;
    }

    private String indicator(CaseSharing.ShareObjects made, Observable value) throws Exception {
        for (String id : made.all()) {
            if (id.startsWith("indicator--")
                    && partner().get(id).json().string("pattern").orElse("").contains(value.value())) {
                return id;
            }
        }
        throw new AssertionError("no indicator of " + value.value());
    }

    private Map<String, String> unshare(String number, int share, String... ids) throws Exception {
        Map<String, String> fates = new LinkedHashMap<>();
        book.unshare(ANNA, number, ExpectedVersion.ANY, share, List.of(ids))
                .orElseThrow()
                .objects()
                .forEach(back -> fates.put(back.id(), back.fate()));
        return fates;
    }

    @Test
    void aWholeShareIsRevokedForThePartner() throws Exception {
        CaseSharing.ShareObjects made = share("W-1", true, ONE, TWO);
        assertEquals(Set.of(), revoked());
        assertTrue(partner().keySet().containsAll(made.all()));
        Map<String, String> fates = unshare("W-1", 1);
        Set<String> versioned = new TreeSet<>(made.all());
        versioned.removeIf(id -> id.startsWith("domain-name--"));
        assertEquals(versioned, revoked());
        made.all().forEach(id -> assertEquals(versioned.contains(id) ? "revoked" : "kept", fates.get(id), id));
        for (String id : versioned) {
            StixObject object = partner().get(id);
            assertFalse(object.signatures().isEmpty(), "the revocation is signed as everything of ours");
            assertEquals(2, centre.release.versions(PARTNER, id).size());
        }
        CaseShare told = book.find(ANNA, "W-1").orElseThrow().file().shares().getFirst();
        assertEquals(List.of(), told.left());
        assertEquals("anna", told.withdrawals().getFirst().by());
        assertEquals(
                Set.copyOf(made.all()), Set.copyOf(told.withdrawals().getFirst().objects()));
        assertTrue(book.history(ANNA, "W-1").getLast().changes().getFirst().to().contains("taken back"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> unshare("W-1", 1))
                .getMessage()
                .contains("already"));
        assertThrows(
                CaseService.NoSuchShare.class,
                () -> book.unshare(ANNA, "W-1", ExpectedVersion.ANY, 2, List.of()),
                "there is no second share");
        assertTrue(book.unshare(ANNA, "W-2", ExpectedVersion.ANY, 1, List.of()).isEmpty());
        CaseSharing.ShareObjects again = share("W-1", false, ONE);
        assertFalse(partner().get(indicator(again, ONE)).revoked(), "what is shared anew is in force again");
    }

    @Test
    void aPartIsTakenOutOfWhatHoldsItTogether() throws Exception {
        CaseSharing.ShareObjects made = share("W-1", true, ONE, TWO);
        String one = indicator(made, ONE);
        String observable = made.all().stream()
                .filter(id -> id.startsWith("domain-name--"))
                .findFirst()
                .orElseThrow();
        String observed = made.all().stream()
                .filter(id -> id.startsWith("observed-data--"))
                .findFirst()
                .orElseThrow();
        Map<String, String> fates = unshare("W-1", 1, one, observable);
        assertEquals(
                Map.of(one, "revoked", observable, "kept", observed, "changed", made.grouping(), "changed"), fates);
        assertEquals(Set.of(one), revoked());
        Set<String> held = partner().get(made.grouping()).refs();
        assertFalse(held.contains(one) || held.contains(observable), held::toString);
        assertTrue(held.contains(indicator(made, TWO)) && held.contains(observed), held::toString);
        assertFalse(partner().get(observed).refs().contains(observable));
        assertThrows(IllegalArgumentException.class, () -> unshare("W-1", 1, one));
        assertThrows(IllegalArgumentException.class, () -> unshare("W-1", 1, made.grouping()));
        String other = made.all().stream()
                .filter(id -> id.startsWith("domain-name--") && !id.equals(observable))
                .findFirst()
                .orElseThrow();
        assertEquals("revoked", unshare("W-1", 1, other).get(observed), "nothing is left of what was observed");
        assertFalse(partner().get(made.grouping()).refs().contains(observed));
        unshare("W-1", 1);
        assertTrue(revoked().containsAll(List.of(made.grouping(), made.incident(), indicator(made, TWO))));
    }

    @Test
    void whatAnotherShareHoldsIsRevokedWithTheLast() throws Exception {
        file("W-3");
        CaseSharing.ShareObjects first = share("W-1", false, ONE);
        CaseSharing.ShareObjects second = share("W-3", false, ONE);
        String one = indicator(first, ONE);
        assertTrue(second.all().contains(one));
        assertEquals("kept", unshare("W-1", 1).get(one));
        assertFalse(partner().get(one).revoked());
        assertEquals("revoked", unshare("W-3", 1).get(one));
        assertTrue(partner().get(one).revoked());
    }

    @Test
    void whatWasHereBeforeStays() throws Exception {
        CaseSharing.ShareObjects made = share("W-1", false, ONE);
        String one = indicator(made, ONE);
        String report = Objects.id("report");
        centre.one(Objects.report(report, centre.identity, one));
        file("W-4");
        book.change(ANNA, "W-4", ExpectedVersion.ANY, file -> file.draft()
                .title("Changed")
                .build());
        centre.now = centre.now.plusSeconds(60);
        String stored = centre.stored(one);
        unshare("W-1", 1);
        assertFalse(stored.equals(centre.stored(one)));
        assertFalse(partner().get(report).revoked(), "what only refers to it is not of the share");
    }
}
