package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;

/** Finds which of thousands of networks an address or a network lies in: one look-up per prefix length in use. */
final class NetworkTable {

    private final Map<IpNetwork, List<WarningLists.Hit>> networks = new HashMap<>();
    private final NavigableSet<Integer> prefixes = new TreeSet<>();

    void add(IpNetwork network, WarningLists.Hit hit) {
        networks.computeIfAbsent(network, key -> new ArrayList<>(1)).add(hit);
        prefixes.add(network.prefix());
    }

    void addHits(Observable value, List<WarningLists.Hit> hits) {
        if (networks.isEmpty()) {
            return;
        }
        Optional<IpNetwork> inner = IpNetwork.parse(value.value());
        if (inner.isPresent()) {
            for (int prefix : prefixes.headSet(inner.get().prefix(), true)) {
                hits.addAll(networks.getOrDefault(inner.get().wider(prefix), List.of()));
            }
        }
    }
}
