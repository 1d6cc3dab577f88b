/** A centre's gateway: who talks to whom. {@link uz.koprik.gateway.Gateway} is the only class that wires parts together. */
package uz.koprik.gateway;
