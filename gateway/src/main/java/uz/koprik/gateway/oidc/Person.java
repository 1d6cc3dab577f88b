package uz.koprik.gateway.oidc;

import java.util.Optional;
import uz.koprik.gateway.auth.Role;
import uz.koprik.indicators.policy.CaseUnits;

/**
 * Somebody whom the provider knows and the table of {@code koprik.yaml} lets in.
 *
 * @param name in this centre, see {@link PersonName}
 * @param subject at the provider, {@code sub}
 * @param session at the provider, {@code sid}; empty when it does not say
 * @param units whose case files an analyst works on
 */
public record Person(String name, String subject, Optional<String> session, Role role, CaseUnits units) {}
