/** Whether the clock of this machine can be right: signatures and the sequence carry its time. */
package uz.koprik.gateway.clock;
