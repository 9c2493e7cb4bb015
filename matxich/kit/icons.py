"""Line drawings on a 16-unit square. Only those that a page uses; an icon never stands without a word."""

ICONS: dict[str, str] = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>',
    "bell": '<path d="M4 11V7a4 4 0 018 0v4l1 1.5H3zM6.5 14h3"/>',
    "home": '<path d="M2.5 7.5L8 2.5l5.5 5V14h-4v-4h-3v4h-4z"/>',
    "firm": '<rect x="1" y="5" width="7.5" height="6" rx="3"/><rect x="7.5" y="5" width="7.5" height="6" rx="3"/>',
    "upload": '<path d="M8 10.5V2.5M4.5 6L8 2.5 11.5 6M2.5 10v3.5h11V10"/>',
    "download": '<path d="M8 2.5v8M4.5 7L8 10.5 11.5 7M2.5 11v2.5h11V11"/>',
    "file": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5M5.5 11h5"/>',
    "print": '<path d="M4 6V2h8v4M4 11H2V6h12v5h-2M4 9.5h8V14H4z"/>',
    "filter": '<path d="M2 4h12M4.5 8h7M6.5 12h3"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "check": '<path d="M3 8.5l3.5 3.5L13 4.5"/>',
    "left": '<path d="M10 4L6 8l4 4"/>',
    "right": '<path d="M6 4l4 4-4 4"/>',
    "up": '<path d="M4 10l4-4 4 4"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.5V11M8 5v.1"/>',
    "warn": '<path d="M8 2l6.5 11.5h-13zM8 6.5V10M8 11.8v.1"/>',
    "lock": '<path d="M3.5 7h9v7h-9zM5.5 7V4.5a2.5 2.5 0 015 0V7"/>',
    "law": '<path d="M8 2v12M5 14h6M3 4.5h10M3 4.5L1.5 9h3zM13 4.5L11.5 9h3z"/>',
    "pin": '<path d="M8 14.5S3 10 3 6.5a5 5 0 0110 0C13 10 8 14.5 8 14.5z"/><circle cx="8" cy="6.5" r="1.8"/>',
    "map": '<path d="M1.5 3.5l4-1.5 5 2 4-1.5v10l-4 1.5-5-2-4 1.5zM5.5 2v10M10.5 4v10"/>',
    "people": '<circle cx="6" cy="5.5" r="2.5"/><path d="M1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4'
    'M10.5 3.2a2.5 2.5 0 010 4.6M12 9.9c1.6.5 2.5 1.8 2.5 3.6"/>',
    "sun": '<circle cx="8" cy="8" r="3"/><path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13'
    'M3 13l1.1-1.1M11.9 4.1L13 3"/>',
    "moon": '<path d="M13.5 9.5A6 6 0 116.5 2.5a4.7 4.7 0 007 7z"/>',
    "undo": '<path d="M5.5 2.5L2.5 5.5l3 3M2.5 5.5H10a3.7 3.7 0 010 7.5H6"/>',
}
