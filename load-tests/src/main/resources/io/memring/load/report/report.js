'use strict';
const tip = document.body.appendChild(document.createElement('div'));
tip.id = 'tip';
document.addEventListener('pointermove', event => {
  const place = event.target.closest('[data-tip]');
  tip.style.display = place ? 'block' : 'none';
  if (place) {
    tip.textContent = place.dataset.tip;
    const left = event.clientX + 16;
    const fits = left + tip.offsetWidth < document.documentElement.clientWidth;
    tip.style.left = (fits ? left : event.clientX - 16 - tip.offsetWidth) + 'px';
    tip.style.top = (event.clientY + 12) + 'px';
  }
});
