/** Commands about one centre: its home, its accounts, its store, and its start. */
package uz.koprik.gateway.cli.centre;
