package uz.koprik.gateway.api.objects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.DisplayTitle;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** Puts together what happened to an object and around it, as far as the recipient may see. */
final class TimelineReader {

    /** Properties of STIX objects that say when something was. */
    private static final List<String> MOMENTS =
            List.of("valid_from", "valid_until", "first_seen", "last_seen", "first_observed", "last_observed");

    private static final int MOST_NAMING = 200;
    private static final int MOST_VALUES = 20;
    private static final int MOST_CARRIERS = 10;

    private final AnalystServices services;
    private final Recipient recipient;
    private final List<Moment> moments = new ArrayList<>();
    private final List<Neighbourhood.Cut> cut = new ArrayList<>();

    private record Moment(long micros, Timeline.Event event) {}

    TimelineReader(AnalystServices services, Recipient recipient) {
        this.services = services;
        this.recipient = recipient;
    }

    /** All of it for {@code latest}, which the recipient may see. */
    Timeline tell(Entry latest) throws StoreUnavailable {
        String id = latest.facts().id();
        for (Entry version : services.release().versions(recipient, id)) {
            boolean first = version.facts().version() == version.facts().created();
            add(version, version.facts().version(), first ? "created" : "modified");
            add(version, version.firstAdded(), "received");
        }
        said(latest);
        naming(latest);
        carrying(latest);
        moments.sort(Comparator.comparingLong(Moment::micros));
        return new Timeline(id, moments.stream().map(Moment::event).toList(), cut);
    }

    private void said(Entry entry) {
        JsonObject json = StoredObject.json(entry);
        for (String name : MOMENTS) {
            long micros = json.string(name).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
            if (micros != StixTimestamp.INVALID) {
                add(entry, micros, name);
            }
        }
    }

    private void naming(Entry latest) throws StoreUnavailable {
        List<Entry> all = new CaseLinks(services, recipient).referrers(latest);
        List<Entry> newest = all.subList(Math.max(0, all.size() - MOST_NAMING), all.size());
        for (Entry other : newest) {
            add(other, other.firstAdded(), "received");
            said(other);
        }
        cutOff(latest.facts().id(), "referrers", newest.size(), all.size());
    }

    private void carrying(Entry entry) throws StoreUnavailable {
        List<String> all = entry.facts().observables();
        List<String> some = all.subList(0, Math.min(all.size(), MOST_VALUES)).stream()
                .map(Observable::ofKey)
                .filter(value -> !value.isShared()
                        && services.release().silencedBy(value).isEmpty())
                .map(Observable::key)
                .toList();
        Set<String> told = new HashSet<>(Set.of(entry.facts().id()));
        for (Map.Entry<String, Carriers> value :
                services.release().carriers(recipient, some, MOST_CARRIERS + 1).entrySet()) {
            List<Entry> freshest = value.getValue().freshest();
            for (Entry other : freshest) {
                if (told.add(other.facts().id())) {
                    add(other, other.firstAdded(), "same_value");
                }
            }
            cutOff(value.getKey(), "carriers", freshest.size(), value.getValue().count());
        }
        cutOff(entry.facts().id(), "values", Math.min(all.size(), MOST_VALUES), all.size());
    }

    private void add(Entry entry, long micros, String what) {
        if (micros != 0) {
            String from = entry.facts().receivedFrom();
            moments.add(new Moment(
                    micros,
                    new Timeline.Event(
                            Times.text(micros),
                            what,
                            entry.facts().id(),
                            entry.facts().type(),
                            DisplayTitle.of(entry),
                            from.isEmpty() ? null : from,
                            UnprovenView.of(services.trust(), entry))));
        }
    }

    private void cutOff(String at, String what, long shown, long there) {
        if (there > shown) {
            cut.add(new Neighbourhood.Cut(at, what, shown, there));
        }
    }
}
