package uz.koprik.gateway.api.objects;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.Reference;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * Walks from an object to what it names, what names it, and what carries the same values, breadth first, so that what
 * is cut off is always what is farthest. Sees what the recipient may see and nothing else. Relationships become edges.
 */
final class NeighbourhoodWalk {

    private static final String RELATIONSHIP = "relationship";

    private final AnalystServices services;
    private final Recipient recipient;
    private final CaseLinks links;
    private final Neighbourhood.Limits limits;

    private final Map<String, Neighbourhood.Node> nodes = new LinkedHashMap<>();
    private final Map<String, Neighbourhood.Value> values = new LinkedHashMap<>();
    private final Set<Neighbourhood.Edge> edges = new LinkedHashSet<>();
    private final List<Neighbourhood.Cut> cut = new ArrayList<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    NeighbourhoodWalk(AnalystServices services, Recipient recipient, Neighbourhood.Limits limits) {
        this.services = services;
        this.recipient = recipient;
        this.links = new CaseLinks(services, recipient);
        this.limits = limits;
    }

    /** Everything around {@code middle}, which the recipient may see. */
    Neighbourhood around(Entry middle) throws StoreUnavailable {
        reach(middle, 0);
        while (!waiting.isEmpty()) {
            Entry entry = waiting.remove();
            int distance = nodes.get(entry.facts().id()).distance();
            if (distance < limits.depth()) {
                references(entry, distance + 1);
                referrers(entry, distance + 1);
                carried(entry, distance + 1);
            }
        }
        if (!leftOut.isEmpty()) {
            cut.add(new Neighbourhood.Cut(null, "nodes", nodes.size(), nodes.size() + (long) leftOut.size()));
        }
        // An edge into what was left out leads nowhere.
        List<Neighbourhood.Edge> whole = edges.stream()
                .filter(edge -> there(edge.from()) && there(edge.to()))
                .toList();
        return new Neighbourhood(
                middle.facts().id(), List.copyOf(nodes.values()), List.copyOf(values.values()), whole, limits, cut);
    }

    private boolean there(String id) {
        return nodes.containsKey(id) || values.containsKey(id);
    }

    private void reach(Entry entry, int distance) {
        String id = entry.facts().id();
        if (nodes.containsKey(id)) {
            return;
        }
        if (nodes.size() >= limits.nodes()) {
            leftOut.add(id);
            return;
        }
        ValueMatch.MatchedObject met = ValueMatch.MatchedObject.of(entry);
        nodes.put(
                id,
                new Neighbourhood.Node(
                        id,
                        met.type(),
                        met.title(),
                        met.caseNumber().orElse(null),
                        met.producer().orElse(null),
                        CentreNames.owner(services.trust(), met.producer()),
                        met.receivedFrom().isEmpty() ? null : met.receivedFrom(),
                        Times.text(met.added()),
                        UnprovenView.of(services.trust(), entry),
                        distance));
        waiting.add(entry);
    }

    private void references(Entry entry, int distance) throws StoreUnavailable {
        List<Reference> all =
                Reference.of(StoredObject.json(entry)).stream().distinct().toList();
        int shown = 0;
        long seen = 0;
        for (Reference reference : all) {
            for (Entry other : links.targets(entry, reference)) {
                seen++;
                if (shown < limits.perNode()) {
                    shown++;
                    reach(other, distance);
                    edges.add(new Neighbourhood.Edge(
                            entry.facts().id(), other.facts().id(), reference.role()));
                }
            }
        }
        cutOff(entry.facts().id(), "references", shown, seen);
    }

    private void referrers(Entry entry, int distance) throws StoreUnavailable {
        String id = entry.facts().id();
        List<Entry> all = links.referrers(entry);
        // The ones added last say most about what goes on now.
        List<Entry> newest = all.subList(Math.max(0, all.size() - limits.perNode()), all.size())
                .reversed();
        for (Entry other : newest) {
            if (other.facts().type().equals(RELATIONSHIP)) {
                related(other, id, distance);
                continue;
            }
            List<String> roles = links.roles(other, entry);
            if (!roles.isEmpty()) { // else it is marked by the object, or only mentions it
                reach(other, distance);
                roles.forEach(
                        role -> edges.add(new Neighbourhood.Edge(other.facts().id(), id, role)));
            }
        }
        cutOff(id, "referrers", newest.size(), all.size());
    }

    private void related(Entry relationship, String id, int distance) throws StoreUnavailable {
        var json = StoredObject.json(relationship);
        String source = json.string("source_ref").orElse("");
        String target = json.string("target_ref").orElse("");
        Optional<Entry> other = services.release().latest(recipient, source.equals(id) ? target : source);
        if (other.isPresent()) {
            reach(other.get(), distance);
            edges.add(new Neighbourhood.Edge(
                    source,
                    target,
                    json.string("relationship_type").orElse(RELATIONSHIP),
                    relationship.facts().id(),
                    UnprovenView.of(services.trust(), relationship)));
        }
    }

    private void carried(Entry entry, int distance) throws StoreUnavailable {
        String id = entry.facts().id();
        List<String> all = entry.facts().observables().stream()
                .filter(key -> !Observable.ofKey(key).isShared())
                .toList();
        List<String> some = all.subList(0, Math.min(all.size(), limits.valuesPerNode()));
        Map<String, Carriers> carriers = services.release().carriers(recipient, some, limits.carriersPerValue() + 1);
        for (String key : some) {
            edges.add(new Neighbourhood.Edge(id, key, "carries"));
            Observable value = Observable.ofKey(key);
            Optional<WarningLists.Hit> hit = services.release().silencedBy(value);
            if (hit.isPresent()) {
                values.putIfAbsent(
                        key,
                        new Neighbourhood.Value(
                                key,
                                value.kind().code(),
                                value.value(),
                                null,
                                hit.get().list()));
            } else if (values.get(key) == null) {
                others(key, value, carriers.get(key), distance);
            }
        }
        cutOff(id, "values", some.size(), all.size());
    }

    private void others(String key, Observable value, Carriers carriers, int distance) {
        long count = carriers == null ? 0 : carriers.count();
        values.put(key, new Neighbourhood.Value(key, value.kind().code(), value.value(), count, null));
        if (carriers == null) {
            return;
        }
        int shown = 0;
        for (Entry other : carriers.freshest()) {
            if (shown < limits.carriersPerValue()) {
                shown++;
                reach(other, distance);
                edges.add(new Neighbourhood.Edge(other.facts().id(), key, "carries"));
            }
        }
        cutOff(key, "carriers", shown, count);
    }

    private void cutOff(String at, String what, long shown, long there) {
        if (there > shown) {
            cut.add(new Neighbourhood.Cut(at, what, shown, there));
        }
    }
}
