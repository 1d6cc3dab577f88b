package uz.koprik.gateway.oidc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.indicators.policy.CaseUnits;

/** From groups or roles at the provider to role and units in this centre, by the table of {@code koprik.yaml}. */
final class ClaimTable {

    private static final String ALL = "*";

    private final String claim;
    private final List<OidcConfig.Row> rows;

    ClaimTable(OidcConfig config) {
        this.claim = config.claim();
        this.rows = config.roles();
    }

    /**
     * What somebody may do here.
     *
     * @param units whose case files an analyst works on
     */
    record Grant(Role role, CaseUnits units) {}

    /** Whether the claims have the claim of the table at all. */
    boolean knows(JsonObject claims) {
        return find(claims, claim).isPresent();
    }

    /**
     * The first row that fits decides the role; its units and those of further fitting rows of the role add up.
     *
     * @return empty when no row fits
     */
    Optional<Grant> grant(JsonObject claims) {
        Set<String> held = find(claims, claim).map(ClaimTable::texts).orElse(Set.of());
        List<OidcConfig.Row> fitting =
                rows.stream().filter(row -> held.contains(row.claim())).toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        OidcConfig.PersonRole first = fitting.getFirst().role();
        Set<String> units = fitting.stream()
                .filter(row -> row.role() == first)
                .flatMap(row -> row.units().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Role role = Role.of(first.name().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new IllegalStateException("no role " + first));
        return Optional.of(new Grant(role, units.contains(ALL) ? CaseUnits.ALL : CaseUnits.of(units)));
    }

    /** A claim by its name, or by the names of objects on the way to it, separated by dots. */
    static Optional<Json> find(JsonObject claims, String path) {
        Json whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        Json inner = claims;
        for (String name : path.split("\\.", -1)) {
            inner = inner instanceof JsonObject object ? object.get(name) : null;
        }
        return Optional.ofNullable(inner);
    }

    private static Set<String> texts(Json value) {
        return switch (value) {
            case JsonString text -> Set.of(text.value());
            case JsonArray array ->
                array.items().stream()
                        .filter(JsonString.class::isInstance)
                        .map(item -> ((JsonString) item).value())
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }
}
