/** Who may see what, decided by the machine: TLP markings, agreements with partners, and the reasons. */
package uz.koprik.indicators.policy;
