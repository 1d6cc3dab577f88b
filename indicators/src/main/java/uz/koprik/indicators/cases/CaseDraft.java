package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.Observable;

/**
 * A case file while it is being changed; what comes out of {@link #build} is checked as every case file. For one
 * thread.
 */
public final class CaseDraft {

    private final String number;
    private String title;
    private String crimeType;
    private CaseFile.Status status;
    private String summary;
    private String ownerUnit;
    private Instant opened;
    private Optional<Instant> closed;
    private List<CaseObservable> observables;
    private List<Loss> losses;
    private List<String> incidents;
    private List<String> cases;
    private List<CaseNote> notes;
    private List<CaseShare> shares;
    private List<CaseMerge> merged;
    private Optional<CaseMerge> mergedInto;

    CaseDraft(CaseFile file) {
        this.number = file.number();
        this.title = file.title();
        this.crimeType = file.crimeType();
        this.status = file.status();
        this.summary = file.summary();
        this.ownerUnit = file.ownerUnit();
        this.opened = file.opened();
        this.closed = file.closed();
        this.observables = file.observables();
        this.losses = file.losses();
        this.incidents = file.incidents();
        this.cases = file.cases();
        this.notes = file.notes();
        this.shares = file.shares();
        this.merged = file.merged();
        this.mergedInto = file.mergedInto();
    }

    public CaseDraft title(String text) {
        title = text;
        return this;
    }

    public CaseDraft crimeType(String type) {
        crimeType = type;
        return this;
    }

    public CaseDraft summary(String text) {
        summary = text;
        return this;
    }

    public CaseDraft ownerUnit(String unit) {
        ownerUnit = unit;
        return this;
    }

    public CaseDraft opened(Instant when) {
        opened = when;
        return this;
    }

    /** Closes it at that time. */
    public CaseDraft closed(Instant when) {
        status = CaseFile.Status.CLOSED;
        closed = Optional.of(when);
        return this;
    }

    /** Opens it again. */
    public CaseDraft reopened() {
        status = CaseFile.Status.OPEN;
        closed = Optional.empty();
        return this;
    }

    public CaseDraft observables(List<CaseObservable> all) {
        observables = List.copyOf(all);
        return this;
    }

    /** Puts values in; those that are there already get the role and the note of these. */
    public CaseDraft observe(List<CaseObservable> more) {
        Map<Observable, CaseObservable> all = new LinkedHashMap<>();
        observables.forEach(there -> all.put(there.observable(), there));
        more.forEach(one -> all.put(one.observable(), one));
        return observables(List.copyOf(all.values()));
    }

    public CaseDraft losses(List<Loss> all) {
        losses = List.copyOf(all);
        return this;
    }

    /** Puts a loss in; one of the same note and currency is replaced. */
    public CaseDraft loss(Loss one) {
        List<Loss> all = new ArrayList<>(losses);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).sameAs(one)) {
                all.set(i, one);
                return losses(all);
            }
        }
        all.add(one);
        return losses(all);
    }

    public CaseDraft incidents(List<String> ids) {
        incidents = List.copyOf(ids);
        return this;
    }

    public CaseDraft cases(List<String> numbers) {
        cases = List.copyOf(numbers);
        return this;
    }

    public CaseDraft note(CaseNote one) {
        notes = with(notes, one);
        return this;
    }

    CaseDraft notes(List<CaseNote> all) {
        notes = all;
        return this;
    }

    public CaseDraft share(CaseShare one) {
        shares = with(shares, one);
        return this;
    }

    /** Notes that something of a share was taken back; shares are counted from 0. */
    public CaseDraft withdraw(int share, CaseShare.Withdrawal one) {
        List<CaseShare> all = new ArrayList<>(shares);
        all.set(share, all.get(share).with(one));
        return shares(all);
    }

    CaseDraft shares(List<CaseShare> all) {
        shares = all;
        return this;
    }

    CaseDraft merged(List<CaseMerge> all) {
        merged = all;
        return this;
    }

    CaseDraft mergedInto(CaseMerge other) {
        mergedInto = Optional.of(other);
        return this;
    }

    /** @throws IllegalArgumentException which says what is wrong with which part */
    public CaseFile build() {
        return new CaseFile(
                number,
                title,
                crimeType,
                status,
                summary,
                ownerUnit,
                opened,
                closed,
                observables,
                losses,
                incidents,
                cases,
                notes,
                shares,
                merged,
                mergedInto);
    }

    private static <T> List<T> with(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
